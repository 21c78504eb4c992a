package io.github.gitops4j.gate;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Moments by the five fields of cron, in the local time of a zone.
 *
 * <p>The fields are matched against local times alone. A local time that a change of the clocks
 * leaves out is the moment at which it would have come without the change; one that comes twice is
 * two moments.
 *
 * <p>Immutable.
 */
final class CronSchedule {
  private static final CronParser PARSER =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
  private static final Duration NEAR = Duration.ofHours(26);

  private final String text;
  private final ExecutionTime times;
  private final ZoneId zone;

  private CronSchedule(String text, ExecutionTime times, ZoneId zone) {
    this.text = text;
    this.times = times;
    this.zone = zone;
  }

  /**
   * Reads a schedule.
   *
   * @throws IllegalArgumentException if it is none, or never comes
   */
  static CronSchedule parse(String text, ZoneId zone) {
    Cron cron;
    try {
      cron = PARSER.parse(text).validate();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "five fields of cron (minute, hour, day of month, month, day of week), not \""
              + text
              + "\": "
              + e.getMessage(),
          e);
    }
    ExecutionTime times = ExecutionTime.forCron(cron);
    if (times.nextExecution(utc(LocalDateTime.of(2000, 1, 1, 0, 0))).isEmpty()) {
      throw new IllegalArgumentException("a schedule that comes at all, not \"" + text + "\"");
    }
    return new CronSchedule(text, times, zone);
  }

  CronSchedule in(ZoneId other) {
    return new CronSchedule(text, times, other);
  }

  ZoneId zone() {
    return zone;
  }

  /** Returns the last moment that is not after a time. */
  Optional<Instant> last(Instant time) {
    LocalDateTime local = LocalDateTime.ofInstant(time, zone);
    Duration shift = shiftNear(time);
    Optional<Instant> best = Optional.empty();
    // Matches strictly before; seconds are no part of a schedule.
    Optional<LocalDateTime> match =
        before(local.plus(shift).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1));
    while (match.isPresent()
        && !(best.isPresent() && isBefore(match.get().plus(shift), best.get()))) {
      best =
          Stream.concat(best.stream(), moments(match.get()))
              .filter(moment -> !moment.isAfter(time))
              .max(Comparator.naturalOrder());
      match = shift.isZero() && best.isPresent() ? Optional.empty() : before(match.get());
    }
    return best;
  }

  /** Returns the first moment after a time. */
  Optional<Instant> next(Instant time) {
    LocalDateTime local = LocalDateTime.ofInstant(time, zone);
    Duration shift = shiftNear(time);
    Optional<Instant> best = Optional.empty();
    Optional<LocalDateTime> match =
        after(local.minus(shift).truncatedTo(ChronoUnit.MINUTES).minusMinutes(1));
    while (match.isPresent()
        && !(best.isPresent() && isAfter(match.get().minus(shift), best.get()))) {
      best =
          Stream.concat(best.stream(), moments(match.get()))
              .filter(moment -> moment.isAfter(time))
              .min(Comparator.naturalOrder());
      match = shift.isZero() && best.isPresent() ? Optional.empty() : after(match.get());
    }
    return best;
  }

  // A change of the clocks moves a local time by as much, so that one that is earlier by more
  // cannot
  // be the later moment.
  private boolean isBefore(LocalDateTime local, Instant moment) {
    return local.isBefore(LocalDateTime.ofInstant(moment, zone));
  }

  private boolean isAfter(LocalDateTime local, Instant moment) {
    return local.isAfter(LocalDateTime.ofInstant(moment, zone));
  }

  private Stream<Instant> moments(LocalDateTime local) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    return offsets.isEmpty()
        ? Stream.of(local.toInstant(zone.getRules().getTransition(local).getOffsetBefore()))
        : offsets.stream().map(local::toInstant);
  }

  /** By how much the clocks are changed about that time. */
  private Duration shiftNear(Instant time) {
    ZoneOffsetTransition before = zone.getRules().previousTransition(time.plus(NEAR));
    return before == null || before.getInstant().isBefore(time.minus(NEAR))
        ? Duration.ZERO
        : before.getDuration().abs();
  }

  private Optional<LocalDateTime> before(LocalDateTime local) {
    return times.lastExecution(utc(local)).map(ZonedDateTime::toLocalDateTime);
  }

  private Optional<LocalDateTime> after(LocalDateTime local) {
    return times.nextExecution(utc(local)).map(ZonedDateTime::toLocalDateTime);
  }

  private static ZonedDateTime utc(LocalDateTime local) {
    return local.atZone(ZoneOffset.UTC);
  }

  @Override
  public String toString() {
    return text;
  }
}
