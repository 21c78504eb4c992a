package io.github.gitops4j.control;

import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.call.Cancellation;
import io.github.gitops4j.control.ApplicationStatus.Activity;
import io.github.gitops4j.control.ApplicationStatus.Sync;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.gate.GateDecision;
import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.live.ChangeFeed;
import io.github.gitops4j.plan.HoldReason;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.Remote;
import io.github.gitops4j.source.Remote.Tracked;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.TreeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a controller knows of one application.
 *
 * <p>What may change is guarded by the lock of the {@link Board}; the head is also read without.
 */
final class Slot {
  private static final int FIGHTS_SHOWN = 10;

  final Application application;
  // Asked for once: it is code of a user.
  final Optional<Remote> remote;
  final TrackedSource source;
  final Reconciler reconciler;
  final long number;
  final Stirred stirred = new Stirred();
  final Attempts attempts;
  final Stays stays = new Stays();

  // Why it is to have its next turn; empty if nothing says that it should have one.
  final EnumSet<Cause> causes = EnumSet.noneOf(Cause.class);
  // Who waits for the next turn.
  final List<CompletableFuture<ApplicationStatus>> requests = new ArrayList<>();
  // Who waits for it to be gone.
  final List<CompletableFuture<Void>> gone = new ArrayList<>();
  // Who waits for all that it owns to be gone, too.
  final List<CompletableFuture<Void>> emptied = new ArrayList<>();
  // All that it owns was removed.
  boolean isEmpty;
  Activity activity = Activity.RESTING;
  Cancellation cancellation = new Cancellation();
  boolean suspended;
  // It, or the one in whose place it is, has had a turn.
  boolean hadTurn;
  // Another process takes care of it.
  volatile boolean elsewhere;
  // The name of the applications that belong together with this one.
  volatile String group;
  // It was replaced or removed, and at most ends a turn.
  volatile boolean retired;
  // The application of that name before it, which has not ended its turn yet.
  @Nullable Slot predecessor;
  // Removes what it owns, once somebody wants that.
  @Nullable Reconciler remover;
  ChangeFeed.@Nullable Listener listener;
  volatile ChangeFeed.@Nullable Listening listening;

  // How many requests had begun when somebody wanted to know what the source tracks; empty if its
  // interval decides.
  Optional<Long> asked = Optional.empty();
  Optional<Long> due = Optional.empty();
  // When its interval is over.
  Optional<Long> regular = Optional.empty();
  volatile @Nullable Revision head;
  // What it tracked when the last pass was made.
  @Nullable Revision passed;
  // Types of the conditions that events have told of.
  final EnumSet<Condition.Type> announced = EnumSet.noneOf(Condition.Type.class);
  @Nullable ReconcileReport last;
  // What the last pass left to somebody else who changes it each time.
  private List<ResourceKey> fights = List.of();
  @Nullable Revision reached;
  SortedMap<ResourceKey, HealthReport> unhealthy = Collections.emptySortedMap();
  List<Condition> waits = List.of();
  Optional<Condition> healthFailure = Optional.empty();
  Optional<Long> healthSwept = Optional.empty();
  int failures;
  // Why its last turn broke off, if that is how it ended.
  private Optional<String> broken = Optional.empty();
  int waited;
  long notBefore;
  boolean slow;

  Slot(
      Application application,
      long number,
      Heads heads,
      UnaryOperator<Reconciler.Builder> surroundings) {
    this.application = application;
    this.attempts = new Attempts(application.failed());
    this.remote = application.tree.flatMap(TreeSource::remote);
    this.number = number;
    this.group = application.name();
    this.suspended = application.suspended();
    this.source =
        new TrackedSource(
            application.source, call -> revision(heads.current(this, Optional.empty(), call)));
    this.reconciler =
        application
            .reconciler
            .apply(
                surroundings.apply(
                    Reconciler.builder(source, application.target())
                        .rollback(application.failed().rollbackPolicy())))
            .build();
  }

  private static Revision revision(Tracked tracked) {
    if (tracked instanceof Tracked.At at) {
      return at.revision();
    }
    throw new SourceException(((Tracked.Unresolved) tracked).failure());
  }

  /** Listens to the live system as long as it is taken care of here. */
  synchronized void listenIfItIsHere() {
    boolean isHere = !elsewhere && !retired;
    ChangeFeed.Listening before = listening;
    if (!isHere && before != null) {
      listening = null;
      before.close();
    } else if (isHere && before == null && listener != null) {
      ChangeFeed.Listener told = listener;
      listening =
          application.target().live().changeFeed().flatMap(feed -> feed.listen(told)).orElse(null);
    }
  }

  String name() {
    return application.name();
  }

  /** Says whether it has no turn whatever happens. */
  boolean isLeftAlone() {
    return retired || elsewhere || (suspended && remover == null);
  }

  /** Says whether a turn makes no pass because earlier ones have failed. */
  boolean isBackingOff(Set<Cause> why, long now) {
    if (failures == 0 || why.contains(Cause.REQUESTED) || why.contains(Cause.CHANGED)) {
      return false;
    }
    return now - notBefore < 0 || (remover == null && attempts.isGivenUp(head));
  }

  /** Says whether it was not even known what its source tracks. */
  boolean isUnresolved() {
    return last != null
        && last.result() instanceof PassResult.Failed failed
        && failed.stage().equals(Turn.RESOLVE);
  }

  /** Says whether somebody else changes something as often as it is put right. */
  boolean isFighting() {
    return !fights.isEmpty();
  }

  private static List<ResourceKey> fights(ReconcileReport report) {
    return report.plan().stream()
        .flatMap(plan -> plan.holds().stream())
        .filter(hold -> hold.reason() == HoldReason.FIGHT)
        .map(PlannedAction::key)
        .toList();
  }

  boolean isAwaiting() {
    return last != null && last.result() instanceof PassResult.Awaiting;
  }

  /** Takes note of a pass, and says whether it failed. */
  boolean take(ReconcileReport report) {
    last = report;
    broken = Optional.empty();
    fights = fights(report);
    passed = head;
    boolean failed = report.result() instanceof PassResult.Failed || !report.failures().isEmpty();
    // What waits may still fail as it did before.
    if (failed || !isAwaiting()) {
      failures = failed ? failures + 1 : 0;
    }
    attempts.afterPass(head, report, failed);
    waited = isAwaiting() ? waited + 1 : 0;
    if (sync() == Sync.IN_SYNC) {
      reached = report.plan().map(Plan::revision).orElse(reached);
    }
    if (!Turn.looksAtHealth(report)) {
      unhealthy = report.unhealthy();
      healthSwept = Optional.empty();
    }
    return failed;
  }

  /** Takes note of a turn that broke off after some failures in a row. */
  void breakOff(int failuresBefore, Throwable why) {
    failures = failuresBefore + 1;
    broken = Optional.of(Failure.from(why).message());
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

  /** Takes note of how long it has been ready with what it declares. */
  void noteStay(long now) {
    Optional<Plan> plan = Optional.ofNullable(last).flatMap(ReconcileReport::plan);
    plan.ifPresent(
        known -> stays.note(known.revision(), known.header().contentId(), isReady(), now));
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
    if (elsewhere) {
      all.add(new Condition(Condition.Type.ELSEWHERE, "another process takes care of it"));
    }
    if (suspended) {
      all.add(new Condition(Condition.Type.SUSPENDED, "left alone until it is resumed"));
    }
    if (remover != null) {
      all.add(new Condition(Condition.Type.REMOVING, "what it owns is being removed"));
    }
    all.addAll(waits);
    if (failures > 0) {
      String times = failures == 1 ? "once" : failures + " times";
      Condition.Type type =
          attempts.isGivenUp(head) ? Condition.Type.GIVEN_UP : Condition.Type.BACKING_OFF;
      all.add(new Condition(type, "failed " + times + " in a row" + why()));
    }
    pinned()
        .map(at -> new Condition(Condition.Type.PINNED, "stays at " + at.id()))
        .ifPresent(all::add);
    if (last != null && last.result() instanceof PassResult.Refused refused) {
      refused.decisions().stream().filter(d -> !d.allows()).map(Slot::refusal).forEach(all::add);
    }
    fights.stream()
        .limit(FIGHTS_SHOWN)
        .map(key -> new Condition(Condition.Type.FIGHTING, key + " is changed by somebody else"))
        .forEach(all::add);
    healthFailure.ifPresent(all::add);
    return all;
  }

  /** Why the last turn broke off, or its pass failed, if that is the one that did. */
  private String why() {
    if (broken.isPresent()) {
      return ": " + broken.get();
    } else if (last == null) {
      return "";
    } else if (last.result() instanceof PassResult.Failed failed) {
      return ": " + failed.failure().message();
    }
    List<ApplyOutcome.Failed> failed = last.failures();
    if (failed.isEmpty()) {
      return "";
    }
    String more = failed.size() == 1 ? "" : ", and " + (failed.size() - 1) + " more";
    return ": " + failed.get(0).failure().message() + more;
  }

  /** The last pass led elsewhere than to what the source tracked at its beginning. */
  private Optional<Revision> pinned() {
    return Optional.ofNullable(last)
        .flatMap(ReconcileReport::plan)
        .map(Plan::revision)
        .filter(at -> head != null && passed != null && passed.equals(head) && !at.equals(head));
  }

  private static Condition refusal(GateDecision decision) {
    return new Condition(
        Condition.Type.REFUSED, decision.gate() + ": " + decision.verdict().reason());
  }
}
