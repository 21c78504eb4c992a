package io.github.gitops4j.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks whether a controller gets on, and whether it has looked at everything once.
 *
 * <p>Guarded by the lock of the {@link Board}.
 */
final class Vitals {
  /** So much later than due is too late. */
  private static final Duration LATE = Duration.ofMinutes(1);

  private final Alarm alarm;
  private final WorkQueue queue;
  private final Roster roster;
  private boolean wasReady;

  Vitals(Alarm alarm, WorkQueue queue, Roster roster) {
    this.alarm = alarm;
    this.queue = queue;
    this.roster = roster;
  }

  /** Says whether the scheduler rings, and turns begin and end. */
  Probe liveness(long now) {
    if (roster.isClosed()) {
      return new Probe(List.of("the controller is closed"));
    }
    List<String> problems = new ArrayList<>();
    Optional<Duration> late = alarm.due().map(due -> Duration.ofNanos(now - due));
    late.filter(by -> by.compareTo(LATE) > 0)
        .ifPresent(by -> problems.add("the scheduler should have rung " + seconds(by) + " ago"));
    queue
        .running()
        .forEach(
            (slot, began) -> {
              Duration taken = Duration.ofNanos(now - began);
              Duration limit = slot.application.passTimeout();
              if (taken.minus(LATE).compareTo(limit) > 0) {
                problems.add(
                    slot.name()
                        + ": a turn has not ended for "
                        + seconds(taken)
                        + ", or the executor has not begun it; it may take "
                        + seconds(limit));
              }
            });
    return new Probe(problems);
  }

  private static String seconds(Duration time) {
    return time.toSeconds() + " s";
  }

  /** Says whether every application had a turn; what is put later does not take that back. */
  Probe readiness() {
    if (roster.isClosed()) {
      return new Probe(List.of("the controller is closed"));
    }
    List<String> problems =
        roster.slots().values().stream()
            .filter(slot -> !wasReady && !slot.hadTurn && !slot.isLeftAlone())
            .map(slot -> slot.name() + ": has not had a turn yet")
            .sorted()
            .toList();
    wasReady |= problems.isEmpty() && !roster.slots().isEmpty();
    return new Probe(problems);
  }
}
