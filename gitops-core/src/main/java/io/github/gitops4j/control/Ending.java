package io.github.gitops4j.control;

import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.call.Ticker;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.source.Revision;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends turns: takes note of what came of each, and lets its application rest.
 *
 * <p>Guarded by the lock of the {@link Board}.
 */
final class Ending {
  /** How long an application rests after a turn that broke off; nothing that throws is asked. */
  private static final RetryPolicy PAUSES =
      RetryPolicy.builder()
          .first(Duration.ofSeconds(5))
          .longest(Duration.ofMinutes(5))
          .jitter(() -> 1)
          .build();

  private static final Logger LOG = LoggerFactory.getLogger(Ending.class);

  private final Ticker ticker;
  private final Pacing pacing;
  private final Roster roster;
  private final Announcements announcements;

  Ending(Ticker ticker, Pacing pacing, Roster roster, Announcements announcements) {
    this.ticker = ticker;
    this.pacing = pacing;
    this.roster = roster;
    this.announcements = announcements;
  }

  /** Ends a turn whatever throws, and returns how its application stands now. */
  ApplicationStatus end(Slot slot, Turn.Ended ended, List<Runnable> afterwards) {
    long now = ticker.nanos();
    int failures = slot.failures;
    Throwable why;
    try {
      if (!(ended instanceof Turn.Ended.BrokenOff brokenOff)) {
        return takeNote(slot, ended, now, afterwards);
      }
      why = brokenOff.why();
    } catch (RuntimeException | Error e) {
      why = e;
    }
    Throwable cause = why;
    afterwards.add(() -> LOG.warn("{}: the turn broke off", slot.name(), cause));
    slot.breakOff(failures, why);
    return breakOff(slot, now);
  }

  private ApplicationStatus breakOff(Slot slot, long now) {
    long pause = PAUSES.delay(slot.failures).toNanos();
    slot.notBefore = now + pause;
    slot.hadTurn = true;
    roster.restAnyway(slot, pause);
    ApplicationStatus status = slot.status(now);
    announcements.ended(slot, status);
    return status;
  }

  private ApplicationStatus takeNote(
      Slot slot, Turn.Ended ended, long now, List<Runnable> afterwards) {
    boolean wasReady = slot.isReady();
    Revision reached = slot.reached;
    take(slot, ended, now);
    slot.isEmpty = isRemoved(ended);
    slot.noteStay(now);
    slot.hadTurn = true;
    roster.rest(slot, pacing.rest(slot, now).toNanos());
    ApplicationStatus status = slot.status(now);
    announcements.ended(slot, status);
    boolean hasMoved = reached != null && !reached.equals(slot.reached);
    if (slot.isEmpty || slot.isReady() != wasReady || hasMoved) {
      roster.wakeOthers(slot, slot.isEmpty, afterwards);
    }
    return status;
  }

  private static boolean isRemoved(Turn.Ended ended) {
    return ended instanceof Turn.Ended.Removed removed
        && removed.report().result() instanceof PassResult.Done
        && removed.report().failures().isEmpty();
  }

  private void take(Slot slot, Turn.Ended ended, long now) {
    if (ended instanceof Turn.Ended.Passed passed) {
      takeReport(slot, passed.report(), now);
      passed.health().ifPresent(health -> slot.take(health, now));
    } else if (ended instanceof Turn.Ended.Removed removed) {
      takeReport(slot, removed.report(), now);
    } else if (ended instanceof Turn.Ended.Assessed assessed) {
      slot.take(assessed.health(), now);
    } else if (ended instanceof Turn.Ended.Waits waits) {
      slot.waits = waits.conditions();
    }
  }

  private void takeReport(Slot slot, ReconcileReport report, long now) {
    slot.waits = List.of();
    if (slot.take(report)) {
      slot.notBefore = now + pacing.backoff(slot).toNanos();
    }
  }
}
