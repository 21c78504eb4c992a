package io.github.gitops4j.control;

import io.github.gitops4j.call.Cancellation;
import io.github.gitops4j.control.ApplicationStatus.Activity;
import io.github.gitops4j.control.ApplicationStatus.Sync;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.live.ChangeFeed;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileListener;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.Remote;
import io.github.gitops4j.source.Remote.Tracked;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.TreeSource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What a controller knows of one application.
 *
 * <p>What may change is guarded by the lock of the {@link Board}; the head is also read without.
 */
final class Slot {
  final Application application;
  // Asked for once: it is code of a user.
  final Optional<Remote> remote;
  final TrackedSource source;
  final Reconciler reconciler;
  final long number;
  final Stirred stirred = new Stirred();

  // Why it is to have its next turn; empty if nothing says that it should have one.
  final EnumSet<Cause> causes = EnumSet.noneOf(Cause.class);
  // Who waits for the next turn.
  final List<CompletableFuture<ApplicationStatus>> requests = new ArrayList<>();
  // Who waits for it to be gone.
  final List<CompletableFuture<Void>> gone = new ArrayList<>();
  Activity activity = Activity.RESTING;
  Cancellation cancellation = new Cancellation();
  boolean suspended;
  // It was replaced or removed, and at most ends a turn.
  boolean retired;
  // The application of that name before it, which has not ended its turn yet.
  @Nullable Slot predecessor;
  // Removes what it owns, once somebody wants that.
  @Nullable Reconciler remover;
  ChangeFeed.@Nullable Listening listening;

  // How many requests had begun when somebody wanted to know what the source tracks; empty if its
  // interval decides.
  Optional<Long> asked = Optional.empty();
  Optional<Long> due = Optional.empty();
  // When its interval is over.
  Optional<Long> regular = Optional.empty();
  volatile @Nullable Revision head;
  // Types of the conditions that events have told of.
  final EnumSet<Condition.Type> announced = EnumSet.noneOf(Condition.Type.class);
  @Nullable ReconcileReport last;
  @Nullable Revision reached;
  SortedMap<ResourceKey, HealthReport> unhealthy = Collections.emptySortedMap();
  List<Condition> waits = List.of();
  Optional<Condition> healthFailure = Optional.empty();
  Optional<Long> healthSwept = Optional.empty();
  int failures;
  int waited;
  long notBefore;
  boolean slow;

  Slot(
      Application application,
      long number,
      Heads heads,
      InstantSource clock,
      ReconcileListener listener) {
    this.application = application;
    this.remote = application.tree.flatMap(TreeSource::remote);
    this.number = number;
    this.suspended = application.suspended();
    this.source =
        new TrackedSource(
            application.source, call -> revision(heads.current(this, Optional.empty(), call)));
    this.reconciler =
        application
            .reconciler
            .apply(Reconciler.builder(source, application.target()).clock(clock).listener(listener))
            .build();
  }

  private static Revision revision(Tracked tracked) {
    if (tracked instanceof Tracked.At at) {
      return at.revision();
    }
    throw new SourceException(((Tracked.Unresolved) tracked).failure());
  }

  String name() {
    return application.name();
  }

  /** Says whether it has no turn whatever happens. */
  boolean isLeftAlone() {
    return retired || (suspended && remover == null);
  }

  /** Says whether a turn may make a pass although an earlier one failed not long ago. */
  boolean isBackingOff(Set<Cause> why, long now) {
    return failures > 0
        && now - notBefore < 0
        && !why.contains(Cause.REQUESTED)
        && !why.contains(Cause.CHANGED);
  }

  boolean isAwaiting() {
    return last != null && last.result() instanceof PassResult.Awaiting;
  }

  /** Takes note of a pass, and says whether it failed. */
  boolean take(ReconcileReport report) {
    last = report;
    boolean failed = report.result() instanceof PassResult.Failed || !report.failures().isEmpty();
    failures = failed ? failures + 1 : 0;
    waited = isAwaiting() ? waited + 1 : 0;
    if (sync() == Sync.IN_SYNC) {
      reached = report.plan().map(Plan::revision).orElse(reached);
    }
    if (!(report.result() instanceof PassResult.Done)) {
      unhealthy = report.unhealthy();
      healthSwept = Optional.empty();
    }
    return failed;
  }

  /** Takes note of what is unhealthy. */
  void take(Turn.HealthSeen health, long now) {
    unhealthy = health.unhealthy();
    healthFailure =
        health.failure().map(why -> new Condition(Condition.Type.HEALTH_UNKNOWN, why.message()));
    if (health.failure().isPresent()) {
      healthSwept = Optional.empty();
    } else if (health.all()) {
      healthSwept = Optional.of(now);
    }
  }

  /** Says whether live is as declared, everything is healthy, and nothing is left to do. */
  boolean isReady() {
    return sync() == Sync.IN_SYNC
        && unhealthy.isEmpty()
        && last != null
        && last.result() instanceof PassResult.Done
        && healthFailure.isEmpty();
  }

  private Sync sync() {
    if (last == null || last.plan().isEmpty()) {
      return Sync.UNKNOWN;
    }
    Plan plan = last.plan().get();
    boolean nothingToDo = plan.isEmpty() && plan.broken().isEmpty();
    return nothingToDo || last.converged() ? Sync.IN_SYNC : Sync.OUT_OF_SYNC;
  }

  ApplicationStatus status(long now) {
    return new ApplicationStatus(
        name(),
        activity,
        sync(),
        unhealthy,
        Optional.ofNullable(head),
        Optional.ofNullable(reached),
        Optional.ofNullable(last),
        conditions(),
        failures,
        due.map(at -> Duration.ofNanos(Math.max(0, at - now))));
  }

  List<Condition> conditions() {
    List<Condition> all = new ArrayList<>();
    if (suspended) {
      all.add(new Condition(Condition.Type.SUSPENDED, "left alone until it is resumed"));
    }
    if (remover != null) {
      all.add(new Condition(Condition.Type.REMOVING, "what it owns is being removed"));
    }
    all.addAll(waits);
    if (failures > 0) {
      String times = failures == 1 ? "once" : failures + " times";
      all.add(new Condition(Condition.Type.BACKING_OFF, "failed " + times + " in a row"));
    }
    healthFailure.ifPresent(all::add);
    return all;
  }
}
