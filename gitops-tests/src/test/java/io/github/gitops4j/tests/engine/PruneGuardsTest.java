package io.github.gitops4j.tests.engine;

import static io.github.gitops4j.tests.engine.Scene.CALL;
import static io.github.gitops4j.tests.engine.Scene.effects;
import static io.github.gitops4j.tests.engine.Scene.key;
import static io.github.gitops4j.tests.engine.Scene.thing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.gate.DeletionLimit;
import io.github.gitops4j.plan.HoldReason;
import io.github.gitops4j.plan.IncompletePolicy;
import io.github.gitops4j.plan.PlanPolicy;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.testkit.InMemorySystem;
import io.github.gitops4j.testkit.fault.Fault;
import io.github.gitops4j.testkit.fault.FaultPlan;
import io.github.gitops4j.testkit.fault.InjectionPoint;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each guard alone: "b" was applied, is no longer declared, and one thing is doubtful. */
class PruneGuardsTest {
  private final Scene scene = new Scene();
  private final PlanPolicy isolate =
      PlanPolicy.builder().incomplete(IncompletePolicy.ISOLATE).build();

  private void removedAfterApplying(String traits) {
    scene.commit("a", thing("a", 1), "b", thing("b", 1, traits));
    assertThat(scene.reconciler().build().reconcile(CALL).converged()).isTrue();
    scene.remove("b");
  }

  private boolean isThere() {
    return scene.target.system().get(key("b")).isPresent();
  }

  private boolean isOwned() {
    return scene.target.inventory().read(CALL).get(key("b")).isPresent();
  }

  private void assertHeld(Reconciler reconciler, HoldReason reason) {
    ReconcileReport report = reconciler.reconcile(CALL);
    assertThat(report.plan().orElseThrow().holds())
        .extracting(PlannedAction::key, PlannedAction.Hold::reason)
        .containsExactly(tuple(key("b"), reason));
    assertThat(isThere()).isTrue();
    assertThat(isOwned()).isTrue();
  }

  private void assertFailed(FailureCategory category) {
    ReconcileReport report = scene.reconciler().build().reconcile(CALL);
    assertThat(((PassResult.Failed) report.result()).failure().category()).isEqualTo(category);
    assertThat(report.outcomes()).isEmpty();
    assertThat(isThere()).isTrue();
  }

  @Test
  void withoutAnyDoubtItIsPruned() {
    removedAfterApplying("wave: 0");
    assertThat(effects(scene.reconciler().build().reconcile(CALL))).isEqualTo("PRUNED b");
    assertThat(isThere()).isFalse();
    assertThat(isOwned()).isFalse();
  }

  @Test
  void anotherIncarnationIsReleasedAlthoughItHasTheSameContent() {
    removedAfterApplying("wave: 0");
    scene.target.system().remove(key("b"));
    scene.target.system().put(key("b"), thing("b", 1));
    assertThat(effects(scene.reconciler().build().reconcile(CALL))).isEqualTo("RELEASED b");
    assertThat(isThere()).isTrue();
    assertThat(isOwned()).isFalse();
  }

  @Test
  void whatTheInventoryDoesNotOwnIsLeftAlone() {
    scene.commit("a", thing("a", 1));
    scene.target.system().put(key("b"), thing("b", 1));
    ReconcileReport report = scene.reconciler().build().reconcile(CALL);
    assertThat(effects(report)).isEqualTo("CREATED a");
    assertThat(isThere()).isTrue();
  }

  @Test
  void nothingIsPrunedWhilePartOfTheDesiredStateIsUnknown() {
    removedAfterApplying("wave: 0");
    scene.commit("c", "kind: Thing\nname: [broken\n");
    assertHeld(scene.reconciler().policy(isolate).build(), HoldReason.INCOMPLETE_DESIRED);
  }

  @Test
  void nothingIsPrunedWhileTwoFilesDisagreeAboutWhoDeclaresSomething() {
    removedAfterApplying("wave: 0");
    scene.commit("c", thing("c", 1), "d", thing("c", 2));
    assertHeld(scene.reconciler().policy(isolate).build(), HoldReason.INCOMPLETE_DESIRED);
  }

  @Test
  void anInventoryThatCannotBeReadIsNotAnEmptyOne() {
    removedAfterApplying("wave: 0");
    scene.target.inventory().makeUnreadable();
    assertFailed(FailureCategory.INTERNAL);
    scene.target.inventory().makeReadable();
    assertThat(isOwned()).isTrue();
  }

  @Test
  void aLiveSystemThatDoesNotAnswerIsNotAnEmptyOne() {
    removedAfterApplying("wave: 0");
    scene.target.system().reachable(InMemorySystem.Reachability.DOWN);
    assertFailed(FailureCategory.UNAVAILABLE);
    assertThat(isOwned()).isTrue();
  }

  @Test
  void whatCannotBeReadIsNotPruned() {
    removedAfterApplying("wave: 0");
    scene.target.system().makeUnreadable(key("b"), FailureCategory.FORBIDDEN);
    assertHeld(scene.reconciler().build(), HoldReason.UNDECIDED);
  }

  @Test
  void otherContentIsKeptAsideBeforeItIsRemoved() {
    removedAfterApplying("wave: 0");
    scene.target.system().put(key("b"), thing("b", 7));
    assertThat(effects(scene.reconciler().build().reconcile(CALL))).isEqualTo("QUARANTINED b");
    assertThat(scene.target.inMemoryApplier().keptAside())
        .extracting(Scene::text)
        .containsExactly("b={\"value\":7}");
  }

  @Test
  void whatChangesBetweenPlanAndWriteStays() {
    removedAfterApplying("wave: 0");
    FaultPlan faults =
        FaultPlan.create()
            .at(
                InjectionPoint.BEFORE_APPLY,
                1,
                Fault.meanwhile(() -> scene.target.system().put(key("b"), thing("b", 7))));
    ReconcileReport report = scene.reconciler(faults.around(scene.target)).build().reconcile(CALL);
    assertThat(report.outcomes()).hasSize(1);
    assertThat(((ApplyOutcome.Failed) report.outcomes().get(0)).failure().category())
        .isEqualTo(FailureCategory.STALE);
    assertThat(scene.live()).contains("b={\"value\":7}");
    assertThat(isOwned()).isTrue();
  }

  @Test
  void morePrunesThanTheBudgetAreRefusedAltogether() {
    removedAfterApplying("wave: 0");
    ReconcileReport report =
        scene.reconciler().gates(List.of(DeletionLimit.of(0))).build().reconcile(CALL);
    assertThat(((PassResult.Refused) report.result()).decisions())
        .filteredOn(decision -> !decision.allows())
        .extracting(decision -> decision.gate())
        .containsExactly("deletion-limit");
    assertThat(isThere()).isTrue();
  }

  @Test
  void whatIsMarkedToBeKeptIsKeptAndStaysOwned() {
    removedAfterApplying("prune: KEEP");
    assertHeld(scene.reconciler().build(), HoldReason.PRUNE_DISABLED);
  }

  @Test
  void aPolicyNotToPruneHoldsIt() {
    removedAfterApplying("wave: 0");
    PlanPolicy off = PlanPolicy.builder().pruning(PlanPolicy.Pruning.OFF).build();
    assertHeld(scene.reconciler().policy(off).build(), HoldReason.PRUNE_DISABLED);
  }

  @Test
  void whatIsMarkedToBeReleasedStaysAndIsNoLongerOwned() {
    removedAfterApplying("prune: RELEASE");
    assertThat(effects(scene.reconciler().build().reconcile(CALL))).isEqualTo("RELEASED b");
    assertThat(isThere()).isTrue();
    assertThat(isOwned()).isFalse();
    scene.reconciler().build().reconcile(CALL);
    assertThat(isThere()).isTrue();
  }

  @Test
  void aReleaseCountsAsNoDeletion() {
    removedAfterApplying("prune: RELEASE");
    ReconcileReport report =
        scene.reconciler().gates(List.of(DeletionLimit.of(0))).build().reconcile(CALL);
    assertThat(effects(report)).isEqualTo("RELEASED b");
  }
}
