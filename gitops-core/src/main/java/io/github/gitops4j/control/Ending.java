package io.github.gitops4j.control;

import io.github.gitops4j.call.Ticker;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.source.Revision;
import java.util.List;

/**
 * Ends turns: takes note of what came of each, and lets its application rest.
 *
 * <p>Guarded by the lock of the {@link Board}.
 */
final class Ending {
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

  /** Ends a turn, and returns how its application stands now. */
  ApplicationStatus end(Slot slot, Turn.Ended ended, List<Runnable> afterwards) {
    long now = ticker.nanos();
    boolean wasReady = slot.isReady();
    Revision reached = slot.reached;
    take(slot, ended, now);
    slot.noteStay(now);
    slot.hadTurn = true;
    roster.rest(slot, pacing.rest(slot, now).toNanos());
    ApplicationStatus status = slot.status(now);
    announcements.ended(slot, status);
    boolean hasMoved = reached != null && !reached.equals(slot.reached);
    if (isRemoved(ended) || slot.isReady() != wasReady || hasMoved) {
      roster.wakeOthers(slot, isRemoved(ended), afterwards);
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
