package io.github.gitops4j.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InventoryException;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.testkit.InMemoryTarget;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
  private static final ResourceKey KEY = ResourceKey.of("", "Thing", "", "a");

  private final ManualClock clock = ManualClock.create();
  private final InMemoryTarget target = InMemoryTarget.create();
  private final InMemoryTreeSource source =
      InMemoryTreeSource.with("a.yaml", "kind: Thing\nname: a\nvalue: 1\n");
  private final FaultPlan faults = FaultPlan.create();

  private ReconcileReport pass(CallContext call) {
    return Reconciler.builder(faults.around(source), faults.around(target))
        .clock(clock)
        .retry(RetryPolicy.never())
        .build()
        .reconcile(call);
  }

  private ReconcileReport pass() {
    return pass(CallContext.unbounded());
  }

  @Test
  void remembersEveryPointInOrderAndStrikesNothingUnasked() {
    assertThat(pass().converged()).isTrue();
    assertThat(faults.struck()).isEmpty();
    assertThat(faults.calls())
        .containsSubsequence(
            InjectionPoint.BEFORE_STATE,
            InjectionPoint.BEFORE_LATEST,
            InjectionPoint.BEFORE_FETCH,
            InjectionPoint.AFTER_FETCH,
            InjectionPoint.BEFORE_OBSERVE,
            InjectionPoint.AFTER_OBSERVE,
            InjectionPoint.BEFORE_OPEN,
            InjectionPoint.AFTER_OPEN,
            InjectionPoint.BEFORE_APPEND,
            InjectionPoint.AFTER_APPEND,
            InjectionPoint.BEFORE_COMMIT,
            InjectionPoint.AFTER_COMMIT,
            InjectionPoint.BEFORE_APPLY,
            InjectionPoint.OUTCOME,
            InjectionPoint.AFTER_APPLY,
            InjectionPoint.BEFORE_COMMIT,
            InjectionPoint.AFTER_COMMIT,
            InjectionPoint.BEFORE_APPEND,
            InjectionPoint.AFTER_APPEND);
  }

  @Test
  void strikesAtTheNthPassOfAPointOnce() {
    faults.at(
        InjectionPoint.BEFORE_COMMIT,
        2,
        Fault.failing(() -> new InventoryException(FailureCategory.UNAVAILABLE, "disk full")));
    assertThat(pass().result())
        .isInstanceOfSatisfying(
            PassResult.Failed.class,
            failed -> assertThat(failed.failure().message()).isEqualTo("disk full"));
    assertThat(faults.struck()).containsExactly(InjectionPoint.BEFORE_COMMIT);
    assertThat(target.system().get(KEY)).isPresent();
    assertThat(pass().converged()).isTrue();
  }

  @Test
  void strikesAtTheNthCallOfAll() {
    faults.atCall(2, Fault.failing(() -> new SourceException(FailureCategory.UNAVAILABLE, "gone")));
    pass();
    assertThat(faults.struck()).containsExactly(faults.calls().get(1));
  }

  @Test
  void aCrashIsNoExceptionThatTheEngineCatches() {
    faults.at(InjectionPoint.AFTER_COMMIT, 1, Fault.crash());
    assertThatThrownBy(this::pass)
        .isInstanceOf(SimulatedCrash.class)
        .hasMessage("simulated crash at AFTER_COMMIT");
    assertThat(target.inventory().read(CallContext.unbounded()).get(KEY)).isPresent();
    assertThat(target.system().get(KEY)).isEmpty();
  }

  @Test
  void aDelayPassesOnTheManualClockOnly() {
    faults.at(InjectionPoint.BEFORE_OPEN, 1, Fault.delay(clock, Duration.ofMinutes(2)));
    ReconcileReport report = pass(clock.callWithin(Duration.ofMinutes(1)));
    assertThat(report.result())
        .isInstanceOfSatisfying(
            PassResult.Failed.class,
            failed -> assertThat(failed.failure().category()).isEqualTo(FailureCategory.TIMEOUT));
    assertThat(target.system().resources()).isEmpty();
  }

  @Test
  void somebodyCancelsOrEditsMeanwhile() {
    faults.at(InjectionPoint.BEFORE_APPLY, 1, Fault.cancel());
    faults.at(
        InjectionPoint.AFTER_OBSERVE,
        2,
        Fault.meanwhile(() -> target.system().put(KEY, "kind: Thing\nname: a\nvalue: theirs\n")));
    assertThat(pass().failures())
        .singleElement()
        .satisfies(
            failed -> assertThat(failed.failure().category()).isEqualTo(FailureCategory.CANCELLED));
    assertThat(target.system().resources()).isEmpty();
    assertThat(pass().failures())
        .singleElement()
        .satisfies(
            failed -> assertThat(failed.failure().category()).isEqualTo(FailureCategory.STALE));
    assertThat(faults.struck())
        .isEqualTo(List.of(InjectionPoint.BEFORE_APPLY, InjectionPoint.AFTER_OBSERVE));
  }

  @Test
  void countsFromOne() {
    assertThatThrownBy(() -> faults.atCall(0, Fault.crash()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("counted from 1");
  }
}
