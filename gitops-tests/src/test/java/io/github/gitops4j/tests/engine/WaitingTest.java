package io.github.gitops4j.tests.engine;

import static io.github.gitops4j.tests.engine.Scene.CALL;
import static io.github.gitops4j.tests.engine.Scene.effects;
import static io.github.gitops4j.tests.engine.Scene.key;
import static io.github.gitops4j.tests.engine.Scene.thing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.Cancellation;
import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.error.CallException;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.health.Health;
import io.github.gitops4j.health.HealthAssessor;
import io.github.gitops4j.health.HealthInput;
import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.reconcile.ComposedTarget;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileEvent;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.reconcile.Target;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@link Reconciler#reconcileAndWait}: by what the live system tells, and not by asking. */
class WaitingTest {
  private static final RetryPolicy NEVER_POLLS =
      RetryPolicy.builder()
          .pause(
              (time, call) -> {
                throw new AssertionError("it polled");
              })
          .build();

  private final Scene scene = new Scene();
  private final AtomicInteger passes = new AtomicInteger();

  @BeforeEach
  void declareTwoWaves() {
    scene.commit("a", thing("a", 1), "b", thing("b", 1, "wave: 1"));
    scene.target.health(key("a"), Health.PROGRESSING);
  }

  private Reconciler.Builder afterEachWait(Runnable action) {
    return scene
        .reconciler()
        .retry(NEVER_POLLS)
        .listener(
            event -> {
              if (event instanceof ReconcileEvent.PassEnded ended) {
                passes.incrementAndGet();
                if (ended.report().result() instanceof PassResult.Awaiting) {
                  action.run();
                }
              }
            });
  }

  @Test
  void whatChangedAtTheEndOfAPassIsSeen() {
    Reconciler reconciler =
        afterEachWait(() -> scene.target.health(key("a"), Health.HEALTHY)).build();

    assertThat(effects(reconciler.reconcileAndWait(CALL))).isEqualTo("CREATED b");
    assertThat(passes).hasValue(2);
  }

  @Test
  void whatChangesWhileItWaitsWakesIt() {
    Reconciler reconciler =
        afterEachWait(
                () ->
                    new Thread(() -> scene.target.health(key("a"), Health.HEALTHY), "rollout")
                        .start())
            .build();

    assertThat(effects(reconciler.reconcileAndWait(CALL))).isEqualTo("CREATED b");
    assertThat(passes).hasValue(2);
  }

  @Test
  void atTheDeadlineTheReportSaysWhatIsNotHealthy() {
    AtomicLong nanos = new AtomicLong();
    CallContext call =
        CallContext.builder().ticker(nanos::get).timeout(Duration.ofNanos(1)).build();

    ReconcileReport report = afterEachWait(() -> nanos.set(1)).build().reconcileAndWait(call);

    assertThat(report.result()).isInstanceOf(PassResult.Awaiting.class);
    assertThat(report.unhealthy()).containsOnlyKeys(key("a"));
  }

  @Test
  void itEndsWhenItIsCancelled() {
    Cancellation cancellation = new Cancellation();
    Reconciler reconciler = afterEachWait(cancellation::cancel).build();

    assertThatThrownBy(
            () ->
                reconciler.reconcileAndWait(
                    CallContext.builder().cancellation(cancellation).build()))
        .isInstanceOfSatisfying(
            CallException.class,
            e -> assertThat(e.failure().category()).isEqualTo(FailureCategory.CANCELLED));
  }

  @Test
  void aVerdictThatTimeChangesIsAskedForInTime() {
    AtomicInteger asked = new AtomicInteger();
    HealthAssessor soon =
        input -> {
          if (input.key().equals(key("a")) && asked.getAndIncrement() < 3) {
            return new HealthReport(Health.PROGRESSING, "soon", Optional.of(in(input, 20)));
          }
          return HealthReport.healthy();
        };
    Target target = ComposedTarget.from(scene.target).health(soon).build();

    ReconcileReport report =
        Reconciler.builder(scene.source, target)
            .retry(NEVER_POLLS)
            .clock(InstantSource.system())
            .build()
            .reconcileAndWait(CALL);

    assertThat(effects(report)).isEqualTo("CREATED b");
  }

  private static Instant in(HealthInput input, int millis) {
    return input.now().plusMillis(millis);
  }

  @Test
  void aSystemThatTellsNothingIsAskedAtThePaceOfTheRetryPolicy() {
    scene.target.system().withoutFeed();
    AtomicInteger pauses = new AtomicInteger();
    Reconciler reconciler =
        scene
            .reconciler()
            .retry(
                RetryPolicy.builder()
                    .pause(
                        (time, call) -> {
                          if (pauses.incrementAndGet() == 3) {
                            scene.target.health(key("a"), Health.HEALTHY);
                          }
                        })
                    .build())
            .build();

    assertThat(effects(reconciler.reconcileAndWait(CALL))).isEqualTo("CREATED b");
    assertThat(pauses).hasValue(3);
  }
}
