package io.github.gitops4j.gate;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/**
 * Times at which plans may run, or may not: each begins at a moment that a cron schedule says, in
 * the local time of a zone, and lasts for a time.
 *
 * <p>The beginning is in a window, its end is not. The time that it lasts is real time, on the days
 * of a change of the clocks too. A beginning that such a change leaves out comes at the moment at
 * which it would have come without the change; one that comes twice is two beginnings.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class Window {
  private final Kind kind;
  private final CronSchedule schedule;
  private final Duration duration;
  private final boolean overrun;

  private Window(Kind kind, CronSchedule schedule, Duration duration, boolean overrun) {
    this.kind = kind;
    this.schedule = schedule;
    this.duration = requireNonNull(duration, "duration");
    this.overrun = overrun;
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("a duration that is positive, not " + duration);
    }
  }

  /** Whether plans may run in a window. */
  public enum Kind {
    /** They may, and outside of all windows of this kind they may not. */
    ALLOW,
    /** They may not. */
    DENY
  }

  /**
   * Returns a window of a kind, in UTC, without overrun.
   *
   * @param schedule the five fields of cron: minute, hour, day of month, month, day of week; two
   *     days that are both given are one or the other
   * @throws IllegalArgumentException if the schedule is none or never comes, or the duration is not
   *     positive
   */
  public static Window of(Kind kind, String schedule, Duration duration) {
    return new Window(
        requireNonNull(kind, "kind"),
        CronSchedule.parse(requireNonNull(schedule, "schedule"), ZoneId.of("UTC")),
        duration,
        false);
  }

  /** Returns the same window in the local time of a zone. */
  public Window in(ZoneId zone) {
    return new Window(kind, schedule.in(requireNonNull(zone, "zone")), duration, overrun);
  }

  /** Returns the same window, into or out of which an operation that has begun may go on. */
  public Window withOverrun() {
    return new Window(kind, schedule, duration, true);
  }

  /** Returns the kind. */
  public Kind kind() {
    return kind;
  }

  /** Says whether an operation that has begun may go on although the window is against it. */
  public boolean overrun() {
    return overrun;
  }

  /** Returns when the window ends that is open at a time, if one is. */
  public Optional<Instant> openUntil(Instant time) {
    return schedule.last(time).map(begin -> begin.plus(duration)).filter(time::isBefore);
  }

  /** Returns when the next window begins after a time, if one ever does. */
  public Optional<Instant> nextBegin(Instant time) {
    return schedule.next(time);
  }

  /** Returns the window in words. */
  @Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT)
        + " window \""
        + schedule
        + "\" for "
        + InWords.of(duration)
        + " in "
        + schedule.zone();
  }
}
