package io.github.gitops4j.control;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.health.Health;
import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.Remote.Tracked;
import io.github.gitops4j.source.Revision;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One turn of one application: looks what its source tracks, and makes a pass if it may.
 *
 * <p>Confined to the worker that takes it.
 */
final class Turn {
  private static final Logger LOG = LoggerFactory.getLogger(Turn.class);

  /** The stage at which what a source tracks is found out. */
  static final String RESOLVE = "resolve";

  private static final Set<String> FAILURES_OF_A_REVISION = Set.of("health", "hook");

  private final Slot slot;
  private final Asked asked;
  private final Rules rules;
  private final CallContext call;
  private final InstantSource clock;

  Turn(Slot slot, Asked asked, Rules rules, CallContext call, InstantSource clock) {
    this.slot = slot;
    this.asked = asked;
    this.rules = rules;
    this.call = call;
    this.clock = clock;
  }

  /**
   * What a turn is about, as of its beginning.
   *
   * @param why its causes
   * @param since how many requests had begun when somebody asked to look at the source anew
   * @param healthDue whether the health of everything has to be looked at
   * @param known what was unhealthy before
   * @param remover removes what it owns; nothing if it is to stay
   */
  record Asked(
      Set<Cause> why,
      Optional<Long> since,
      boolean healthDue,
      SortedMap<ResourceKey, HealthReport> known,
      @Nullable Reconciler remover) {}

  /** What the board knows and a turn has to ask. */
  interface Rules {
    /** Returns what the source tracks. */
    Tracked head(Slot slot, Optional<Long> since, CallContext call);

    /** Returns what has to be awaited before a pass to a head; says whether there may be none. */
    Permission mayPass(Slot slot, Set<Cause> why, Revision head);
  }

  /** Whether there may be a pass. */
  record Permission(boolean isTooEarly, List<Condition> waits) {}

  /** What came of a turn. */
  sealed interface Ended {
    /** There was a pass, or it failed before it began. */
    record Passed(ReconcileReport report, Optional<HealthSeen> health) implements Ended {}

    /** There was a pass to remove what it owns. */
    record Removed(ReconcileReport report) implements Ended {}

    /** Only health was looked at. */
    record Assessed(HealthSeen health) implements Ended {}

    /** Something has to come first. */
    record Waits(List<Condition> conditions) implements Ended {}

    /** It failed not long ago, and its source tracks what it did then. */
    record TooEarly() implements Ended {}

    /** Something threw where nothing should. */
    record BrokenOff(Throwable why) implements Ended {}
  }

  /** What is unhealthy, or why that is not known. */
  record HealthSeen(
      SortedMap<ResourceKey, HealthReport> unhealthy, boolean all, Optional<Failure> failure) {}

  Ended take() {
    try {
      Reconciler remover = asked.remover();
      return remover == null ? follow() : remove(remover);
    } catch (RuntimeException | Error e) {
      LOG.warn("{}: the turn failed", slot.name(), e);
      return failed("turn", Failure.from(e));
    } finally {
      slot.source.release();
    }
  }

  private Ended follow() {
    Tracked tracked = rules.head(slot, asked.since(), call);
    if (tracked instanceof Tracked.Unresolved unresolved) {
      return failed(RESOLVE, unresolved.failure());
    }
    Revision head = ((Tracked.At) tracked).revision();
    Permission permission = rules.mayPass(slot, asked.why(), head);
    slot.head = head;
    if (permission.isTooEarly()) {
      return new Ended.TooEarly();
    }
    if (!permission.waits().isEmpty()) {
      return new Ended.Waits(permission.waits());
    }
    slot.source.hold(head);
    if (asked.why().equals(Set.of(Cause.HEALTH)) && !slot.isAwaiting()) {
      HealthSeen health = health(asked.healthDue());
      return failsAfterAll(health) ? passed(pass()) : new Ended.Assessed(health);
    }
    if (asked.why().contains(Cause.REQUESTED)) {
      slot.reconciler.correctAgain(call);
    }
    return passed(pass());
  }

  private Ended passed(ReconcileReport report) {
    if (!looksAtHealth(report)) {
      return new Ended.Passed(report, Optional.empty());
    }
    HealthSeen health = health(asked.healthDue());
    return failsAfterAll(health)
        ? passed(slot.reconciler.reconcile(call))
        : new Ended.Passed(report, Optional.of(health));
  }

  /** Makes a pass, and at once another one that goes back if it has failed and that is wanted. */
  private ReconcileReport pass() {
    ReconcileReport report = slot.reconciler.reconcile(call);
    boolean goesBack =
        slot.application.failed().rollback().isPresent()
            && report.result() instanceof PassResult.Failed failed
            && FAILURES_OF_A_REVISION.contains(failed.stage());
    return goesBack ? slot.reconciler.reconcile(call) : report;
  }

  /** What has become healthy may have fallen ill not long after. */
  private boolean failsAfterAll(HealthSeen health) {
    Optional<Duration> within = slot.application.failed().rollback();
    Optional<String> ill =
        health.unhealthy().entrySet().stream()
            .filter(entry -> entry.getValue().health() == Health.DEGRADED)
            .map(entry -> entry.getKey() + " is degraded: " + entry.getValue().reason())
            .findFirst();
    return within.isPresent()
        && ill.isPresent()
        && slot.reconciler.fail(within.get(), ill.get(), call);
  }

  /** Says whether health is looked at after a pass: it has not done so, and nothing failed. */
  static boolean looksAtHealth(ReconcileReport report) {
    return report.result() instanceof PassResult.Done
        || report.result() instanceof PassResult.Refused;
  }

  private Ended remove(Reconciler remover) {
    Permission permission = rules.mayPass(slot, asked.why(), Revision.ofId("nothing"));
    if (permission.isTooEarly()) {
      return new Ended.TooEarly();
    }
    return permission.waits().isEmpty()
        ? new Ended.Removed(remover.reconcile(call))
        : new Ended.Waits(permission.waits());
  }

  private HealthSeen health(boolean isAll) {
    Optional<Set<ResourceKey>> stirred = slot.stirred.take();
    try {
      if (isAll || stirred.isEmpty()) {
        return new HealthSeen(slot.reconciler.status(call).unhealthy(), true, Optional.empty());
      }
      if (stirred.get().isEmpty() && asked.known().isEmpty()) {
        return new HealthSeen(asked.known(), false, Optional.empty());
      }
      Set<ResourceKey> keys = new TreeSet<>(stirred.get());
      keys.addAll(asked.known().keySet());
      return new HealthSeen(slot.reconciler.unhealthy(keys, call), false, Optional.empty());
    } catch (RuntimeException e) {
      LOG.debug("{}: the health is not known", slot.name(), e);
      return new HealthSeen(new TreeMap<>(asked.known()), false, Optional.of(Failure.from(e)));
    }
  }

  private Ended failed(String stage, Failure failure) {
    ReconcileReport report =
        ReconcileReport.builder(call.operationId(), clock.instant())
            .build(new PassResult.Failed(stage, failure), clock.instant());
    return new Ended.Passed(report, Optional.empty());
  }
}
