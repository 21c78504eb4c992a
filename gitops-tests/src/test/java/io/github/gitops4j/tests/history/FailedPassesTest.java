package io.github.gitops4j.tests.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.apply.Effect;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InventoryException;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.history.HistoryState;
import io.github.gitops4j.history.OperationResult;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.testkit.InMemorySystem;
import io.github.gitops4j.testkit.InMemoryTarget;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.fault.Fault;
import io.github.gitops4j.testkit.fault.FaultPlan;
import io.github.gitops4j.testkit.fault.InjectionPoint;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the history says about passes that did not end well. */
class FailedPassesTest {
  private static final CallContext CALL = CallContext.unbounded();

  private final InMemoryTreeSource source =
      InMemoryTreeSource.with("a.yaml", "kind: Thing\nname: a\n");
  private final InMemoryTarget target = InMemoryTarget.create();
  private final FaultPlan faults = FaultPlan.create();
  private final Reconciler reconciler =
      Reconciler.builder(source, faults.around(target)).retry(RetryPolicy.never()).build();

  private HistoryState state() {
    return target.history().state(CALL);
  }

  private List<String> events() {
    return target.history().newest(100, CALL).stream()
        .map(record -> record.event().getClass().getSimpleName())
        .toList();
  }

  @Test
  void aPassThatFailsBeforeItsFirstWriteLeavesNoRecord() {
    target.system().reachable(InMemorySystem.Reachability.DOWN);
    for (int i = 0; i < 3; i++) {
      assertThat(reconciler.reconcile(CALL).result()).isInstanceOf(PassResult.Failed.class);
    }
    assertThat(events()).isEmpty();
  }

  @Test
  void anActionThatFailsIsNamedWithItsReasonInTheRecordOfItsOperation() {
    faults.at(
        InjectionPoint.BEFORE_APPLY,
        1,
        Fault.failing(() -> new InventoryException(FailureCategory.FORBIDDEN, "not allowed")));
    ReconcileReport report = reconciler.reconcile(CALL);
    assertThat(report.outcomes()).hasSize(1);
    HistoryEvent.OperationEnded ended = state().lastEnded().orElseThrow();
    assertThat(ended.result()).isEqualTo(OperationResult.PARTLY_FAILED);
    assertThat(ended.effects()).containsEntry(Effect.FAILED, 1);
    assertThat(ended.notes()).singleElement().asString().contains("Thing/a", "not allowed");
    assertThat(ended.operation()).isEqualTo(report.operation());

    assertThat(reconciler.reconcile(CALL).converged()).isTrue();
    assertThat(state().lastEnded().orElseThrow().result()).isEqualTo(OperationResult.SUCCEEDED);
  }

  @Test
  void anOperationThatBreaksOffStaysOpenAndIsEndedByThePassThatCompletesIt() {
    faults.at(
        InjectionPoint.BEFORE_COMMIT,
        2,
        Fault.failing(() -> new InventoryException(FailureCategory.UNAVAILABLE, "no answer")));
    ReconcileReport broken = reconciler.reconcile(CALL);
    assertThat(broken.result()).isInstanceOf(PassResult.Failed.class);
    assertThat(events()).containsExactly("OperationBegan");
    assertThat(state().running().orElseThrow().operation()).isEqualTo(broken.operation());

    ReconcileReport completed = reconciler.reconcile(CALL);
    assertThat(completed.operation()).isEqualTo(broken.operation());
    assertThat(events()).containsExactly("OperationEnded", "OperationBegan");
    assertThat(state().running()).isEmpty();
  }

  @Test
  void anOperationThatBrokeOffIsSupersededByAnotherDesiredState() {
    faults.at(
        InjectionPoint.BEFORE_COMMIT,
        2,
        Fault.failing(() -> new InventoryException(FailureCategory.UNAVAILABLE, "no answer")));
    reconciler.reconcile(CALL);
    source.commit("two", files -> files.put("b.yaml", "kind: Thing\nname: b\n"));
    assertThat(reconciler.reconcile(CALL).converged()).isTrue();
    assertThat(events())
        .containsExactly("OperationEnded", "OperationBegan", "OperationEnded", "OperationBegan");
    HistoryEvent.OperationEnded old =
        (HistoryEvent.OperationEnded) target.history().newest(3, CALL).get(2).event();
    assertThat(old.result()).isEqualTo(OperationResult.SUPERSEDED);
  }
}
