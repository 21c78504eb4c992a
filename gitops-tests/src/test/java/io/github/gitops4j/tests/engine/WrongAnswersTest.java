package io.github.gitops4j.tests.engine;

import static io.github.gitops4j.tests.engine.Scene.CALL;
import static io.github.gitops4j.tests.engine.Scene.key;
import static io.github.gitops4j.tests.engine.Scene.thing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.apply.Applier;
import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.apply.ApplySession;
import io.github.gitops4j.apply.Effect;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.inventory.InventoryChange;
import io.github.gitops4j.inventory.InventoryStore;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.reconcile.ComposedTarget;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Target;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is handed in answers with nothing, or with what nobody asked for. */
@SuppressWarnings("NullAway")
class WrongAnswersTest {
  private final Scene scene = new Scene();

  @BeforeEach
  void declare() {
    scene.commit("a", thing("a", 1), "b", thing("b", 1));
  }

  private ReconcileReport pass(Target target) {
    return scene.reconciler(target).build().reconcile(CALL);
  }

  private void isBlamed(ComposedTarget.Builder target, String message) {
    ReconcileReport report = pass(target.build());
    assertThat(report.result())
        .isInstanceOfSatisfying(
            PassResult.Failed.class,
            failed -> {
              assertThat(failed.failure().category()).isEqualTo(FailureCategory.INTERNAL);
              assertThat(failed.failure().message()).isEqualTo(message);
            });
    assertThat(pass(scene.target).converged()).isTrue();
  }

  private ComposedTarget.Builder target() {
    return ComposedTarget.from(scene.target);
  }

  @Test
  void aProviderThatGivesNullIsNamed() {
    isBlamed(
        target().live((scope, call) -> null),
        "the live state provider gave null, which is a defect of it");
  }

  @Test
  void anApplierThatGivesNullIsNamed() {
    isBlamed(
        target().applier((request, call) -> null),
        "the applier gave null, which is a defect of it");
  }

  @Test
  void anInventoryThatGivesNullIsNamed() {
    String message = "the inventory store gave null, which is a defect of it";
    isBlamed(target().inventory(inventory(null)), message);
    scene.commit("a", thing("a", 2));
    isBlamed(target().inventory(inventory(scene.target.inventory().read(CALL))), message);
  }

  private static InventoryStore inventory(Inventory read) {
    return new InventoryStore() {
      @Override
      public Inventory read(CallContext call) {
        return read;
      }

      @Override
      public Inventory commit(
          long expectedSequence, List<InventoryChange> changes, CallContext call) {
        return null;
      }
    };
  }

  /** An applier that does what it is asked to and says something else. */
  private Applier saying(UnaryOperator<ApplyOutcome> other) {
    return (request, call) -> {
      ApplySession session = scene.target.applier().open(request, call);
      return new ApplySession() {
        @Override
        public void apply(
            List<PlannedAction> batch, Consumer<ApplyOutcome> outcomes, CallContext within) {
          session.apply(batch, outcome -> outcomes.accept(other.apply(outcome)), within);
        }

        @Override
        public void close() {
          session.close();
        }
      };
    };
  }

  @Test
  void whatIsSaidToBeRemovedAndWasToBeWrittenIsAFailureAndStaysOurs() {
    Target wrong =
        target()
            .applier(saying(did -> new ApplyOutcome.Removed(did.key(), Effect.PRUNED, "")))
            .build();
    ReconcileReport report = pass(wrong);
    assertThat(report.failures())
        .extracting(ApplyOutcome.Failed::failure)
        .extracting(Failure::message)
        .containsExactly(
            "Thing/a: the applier says that it was removed, which was not asked",
            "Thing/b: the applier says that it was removed, which was not asked");
    assertThat(scene.target.inventory().read(CALL).get(key("a"))).isPresent();

    scene.remove("a");
    assertThat(pass(scene.target).converged()).isTrue();
    assertThat(scene.live()).containsExactly("b={\"value\":1}");
  }

  @Test
  void whatIsSaidToBeWrittenAndWasToBeRemovedIsAFailure() {
    assertThat(pass(scene.target).converged()).isTrue();
    ApplyOutcome.Written written =
        new ApplyOutcome.Written(
            key("a"),
            Effect.UPDATED,
            scene.target.inventory().read(CALL).get(key("a")).orElseThrow().applied().orElseThrow(),
            "");
    scene.remove("a");
    ReconcileReport report = pass(target().applier(saying(did -> written)).build());
    assertThat(report.failures())
        .extracting(ApplyOutcome.Failed::failure)
        .extracting(Failure::message)
        .containsExactly("Thing/a: the applier says that it was written, which was not asked");
  }
}
