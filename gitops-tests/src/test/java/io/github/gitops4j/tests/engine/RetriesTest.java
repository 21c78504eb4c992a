package io.github.gitops4j.tests.engine;

import static io.github.gitops4j.tests.engine.Scene.CALL;
import static io.github.gitops4j.tests.engine.Scene.thing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.LiveStateException;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.testkit.fault.Fault;
import io.github.gitops4j.testkit.fault.FaultPlan;
import io.github.gitops4j.testkit.fault.InjectionPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetriesTest {
  private final Scene scene = new Scene();
  private final List<Duration> pauses = new ArrayList<>();
  private final FaultPlan faults = FaultPlan.create();

  private Reconciler reconciler(double jitter) {
    scene.commit("a", thing("a", 1));
    RetryPolicy retry =
        RetryPolicy.builder()
            .attempts(4)
            .first(Duration.ofMillis(200))
            .longest(Duration.ofMillis(500))
            .jitter(() -> jitter)
            .pause(
                (time, call) -> {
                  pauses.add(time);
                  scene.clock.pause(time, call);
                })
            .build();
    return scene
        .reconciler(faults.around(scene.source), faults.around(scene.target))
        .retry(retry)
        .build();
  }

  private void fail(InjectionPoint point, int times, FailureCategory category) {
    for (int n = 1; n <= times; n++) {
      faults.at(point, n, Fault.failing(() -> new LiveStateException(category, "a fault")));
    }
  }

  private static List<Duration> millis(int... millis) {
    List<Duration> list = new ArrayList<>();
    for (int one : millis) {
      list.add(Duration.ofMillis(one));
    }
    return list;
  }

  private static FailureCategory category(ReconcileReport report) {
    return ((PassResult.Failed) report.result()).failure().category();
  }

  @ParameterizedTest
  @EnumSource(
      names = {"BEFORE_LATEST", "BEFORE_FETCH", "BEFORE_OBSERVE", "BEFORE_READ", "BEFORE_STATE"})
  void aReadIsRepeatedWithGrowingPausesUpToTheLongest(InjectionPoint read) {
    Reconciler reconciler = reconciler(1.0);
    fail(read, 3, FailureCategory.UNAVAILABLE);
    assertThat(reconciler.reconcile(CALL).converged()).isTrue();
    assertThat(pauses).isEqualTo(millis(200, 400, 500));
  }

  @Test
  void jitterShortensAPauseToNoLessThanHalf() {
    Reconciler reconciler = reconciler(0.0);
    fail(InjectionPoint.BEFORE_LATEST, 3, FailureCategory.UNAVAILABLE);
    assertThat(reconciler.reconcile(CALL).converged()).isTrue();
    assertThat(pauses).isEqualTo(millis(100, 200, 250));
  }

  @Test
  void afterTheLastAttemptThePassFailsWithTheReason() {
    Reconciler reconciler = reconciler(1.0);
    fail(InjectionPoint.BEFORE_LATEST, 4, FailureCategory.UNAVAILABLE);
    assertThat(category(reconciler.reconcile(CALL))).isEqualTo(FailureCategory.UNAVAILABLE);
    assertThat(pauses).hasSize(3);
    assertThat(reconciler.reconcile(CALL).converged()).isTrue();
  }

  @Test
  void whatWillNotPassIsNotRepeated() {
    Reconciler reconciler = reconciler(1.0);
    fail(InjectionPoint.BEFORE_LATEST, 1, FailureCategory.FORBIDDEN);
    assertThat(category(reconciler.reconcile(CALL))).isEqualTo(FailureCategory.FORBIDDEN);
    assertThat(pauses).isEmpty();
  }

  @Test
  void aWriteIsNotRepeatedWithinItsPass() {
    Reconciler reconciler = reconciler(1.0);
    fail(InjectionPoint.BEFORE_COMMIT, 1, FailureCategory.UNAVAILABLE);
    assertThat(category(reconciler.reconcile(CALL))).isEqualTo(FailureCategory.UNAVAILABLE);
    assertThat(pauses).isEmpty();
    assertThat(reconciler.reconcile(CALL).converged()).isTrue();
  }

  @Test
  void noPauseIsBegunThatWouldOutlastTheCall() {
    Reconciler reconciler = reconciler(1.0);
    fail(InjectionPoint.BEFORE_LATEST, 3, FailureCategory.UNAVAILABLE);
    ReconcileReport report = reconciler.reconcile(scene.clock.callWithin(Duration.ofMillis(300)));
    assertThat(category(report)).isEqualTo(FailureCategory.UNAVAILABLE);
    assertThat(pauses).isEqualTo(millis(200));
  }
}
