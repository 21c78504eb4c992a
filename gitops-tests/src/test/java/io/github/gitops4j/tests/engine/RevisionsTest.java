package io.github.gitops4j.tests.engine;

import static io.github.gitops4j.tests.engine.Scene.CALL;
import static io.github.gitops4j.tests.engine.Scene.key;
import static io.github.gitops4j.tests.engine.Scene.thing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.PlanException;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlanJson;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.reconcile.RewindPolicy;
import io.github.gitops4j.source.FetchedTree;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.RevisionOrder;
import io.github.gitops4j.source.TreeSource;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RevisionsTest {
  private final Scene scene = new Scene();
  private final Reconciler reconciler = scene.reconciler().build();

  private Revision applied(int value) {
    Revision revision = scene.commit("a", thing("a", value));
    assertThat(reconciler.reconcile(CALL).converged()).isTrue();
    return revision;
  }

  private void assertValue(int value) {
    assertThat(scene.live()).containsExactly("a={\"value\":" + value + "}");
  }

  @Test
  void aRollbackStaysUntilTheHeadMoves() {
    Revision first = applied(1);
    applied(2);
    assertThat(reconciler.rollback(first, "me", CALL).converged()).isTrue();
    assertValue(1);
    reconciler.reconcile(CALL);
    assertValue(1);

    applied(3);
    assertValue(3);
    assertThat(scene.target.history().state(CALL).pin()).isEmpty();
  }

  @Test
  void aRollbackEndsWhenItIsUnpinned() {
    Revision first = applied(1);
    applied(2);
    reconciler.rollback(first, "me", CALL);
    reconciler.unpin("me", CALL);
    assertThat(reconciler.reconcile(CALL).converged()).isTrue();
    assertValue(2);
  }

  @Test
  void aBranchThatWasRewoundIsRefusedUnlessAllowed() {
    Revision first = applied(1);
    applied(2);
    scene.source.rewind(first);
    ReconcileReport refused = reconciler.reconcile(CALL);
    assertThat(((PassResult.Failed) refused.result()).failure().category())
        .isEqualTo(FailureCategory.CONFLICT);
    assertValue(2);

    scene.commit("a", thing("a", 5));
    assertThat(reconciler.reconcile(CALL).result()).isInstanceOf(PassResult.Failed.class);
    assertValue(2);

    Reconciler allowing = scene.reconciler().rewind(RewindPolicy.ALLOW).build();
    assertThat(allowing.reconcile(CALL).converged()).isTrue();
    assertValue(5);
  }

  /** Returns a reconciler whose source says the same of any two revisions. */
  private Reconciler.Builder told(RevisionOrder.Relation relation) {
    return scene.reconciler(
        new OrderedBy(scene.source, (to, from, call) -> relation), scene.target);
  }

  private record OrderedBy(TreeSource source, RevisionOrder order) implements TreeSource {
    @Override
    public String id() {
      return source.id();
    }

    @Override
    public Revision latest(CallContext call) {
      return source.latest(call);
    }

    @Override
    public FetchedTree fetch(Revision revision, CallContext call) {
      return source.fetch(revision, call);
    }
  }

  @Test
  void aRevisionOfWhichNobodyKnowsWhatItDescendsFromIsRefusedByPlanAndPass() {
    applied(1);
    scene.commit("a", thing("a", 2));
    Reconciler unknowing = told(RevisionOrder.Relation.UNKNOWN).build();
    assertThatThrownBy(() -> unknowing.plan(CALL))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("nobody can tell");
    assertThat(unknowing.reconcile(CALL).result()).isInstanceOf(PassResult.Failed.class);
    assertValue(1);
    Reconciler allowing = told(RevisionOrder.Relation.UNKNOWN).rewind(RewindPolicy.ALLOW).build();
    assertThat(allowing.reconcile(CALL).converged()).isTrue();
    assertValue(2);
  }

  @Test
  void everyOtherVerdictIsFollowedOrRefusedAsItSays() {
    for (RevisionOrder.Relation relation : RevisionOrder.Relation.values()) {
      applied(1);
      scene.commit("a", thing("a", 2));
      boolean followed = told(relation).build().reconcile(CALL).converged();
      assertThat(followed)
          .as(relation.name())
          .isEqualTo(
              switch (relation) {
                case SAME, AHEAD, UNORDERED -> true;
                case BEHIND, DIVERGED, UNKNOWN -> false;
              });
    }
  }

  @Test
  void aSavedPlanIsAppliedIfNothingMoved() {
    applied(1);
    scene.commit("a", thing("a", 2));
    byte[] saved = PlanJson.write(reconciler.plan(CALL));
    scene.commit("a", thing("a", 3));
    Plan read = PlanJson.read("plan.json", saved);
    assertThat(PlanJson.write(read)).isEqualTo(saved);
    assertThat(scene.reconciler().build().apply(read, CALL).converged()).isTrue();
    assertValue(2);
  }

  @Test
  void aSavedPlanIsStaleIfTheLiveResourceMoved() {
    applied(1);
    scene.commit("a", thing("a", 2));
    Plan plan = reconciler.plan(CALL);
    scene.target.system().put(key("a"), thing("a", 7));
    ReconcileReport report = reconciler.apply(plan, CALL);
    assertThat(((PassResult.Refused) report.result()).decisions().get(0).gate())
        .isEqualTo("stale-plan");
    assertValue(7);
  }

  @Test
  void aSavedPlanThatWasChangedIsNotRead() {
    applied(1);
    scene.commit("a", thing("a", 2));
    String json = new String(PlanJson.write(reconciler.plan(CALL)), StandardCharsets.UTF_8);
    String changed = json.replace("\"name\":\"a\"", "\"name\":\"b\"");
    assertThat(changed).isNotEqualTo(json);
    assertThatThrownBy(() -> PlanJson.read("plan.json", changed.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("plan.json");
  }

  @Test
  void twoReconcilersOnOneTargetBothFindTheirWay() {
    Reconciler other = scene.reconciler().build();
    applied(1);
    assertThat(other.reconcile(CALL).outcomes()).isEmpty();
    for (int value = 2; value < 6; value++) {
      scene.commit("a", thing("a", value), "n" + value, thing("n" + value, value));
      Reconciler writes = value % 2 == 0 ? other : reconciler;
      Reconciler follows = value % 2 == 0 ? reconciler : other;
      assertThat(writes.reconcile(CALL).converged()).isTrue();
      assertThat(follows.reconcile(CALL).outcomes()).isEmpty();
    }
    assertThat(scene.live()).hasSize(5);
  }
}
