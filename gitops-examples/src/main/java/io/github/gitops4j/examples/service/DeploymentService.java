package io.github.gitops4j.examples.service;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.Cancellation;
import io.github.gitops4j.gate.DeletionLimit;
import io.github.gitops4j.reconcile.ReconcileListener;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.source.TreeSource;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Keeps one target in step with one source, on threads and by a clock that the service owns.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class DeploymentService implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int DELETIONS = 5;

  private final Reconciler reconciler;
  private final Cancellation closed = new Cancellation();

  /** Creates a service that has not begun to work. */
  public DeploymentService(
      TreeSource source, Target target, InstantSource clock, ReconcileListener listener) {
    this.reconciler =
        Reconciler.builder(source, target)
            .gates(List.of(DeletionLimit.of(DELETIONS), new OfficeHours(ZoneOffset.UTC)))
            .clock(clock)
            .listener(listener)
            .build();
  }

  /** Makes a pass now and after each pause, on the service's own executor. */
  public ScheduledFuture<?> schedule(ScheduledExecutorService executor, Duration pause) {
    return requireNonNull(executor, "executor")
        .scheduleWithFixedDelay(this::pass, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Makes one pass, within its limit. Whatever goes wrong is in the report. */
  public ReconcileReport pass() {
    return reconciler.reconcile(CallContext.builder().timeout(LIMIT).cancellation(closed).build());
  }

  /** Ends the pass that runs, between two resources; the next service goes on from there. */
  @Override
  public void close() {
    closed.cancel();
  }
}
