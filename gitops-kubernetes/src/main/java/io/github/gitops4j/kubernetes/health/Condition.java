package io.github.gitops4j.kubernetes.health;

import io.github.gitops4j.health.HealthInput;
import io.github.gitops4j.health.HealthReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One condition of a status.
 *
 * @param type what it is about
 * @param status True, False or Unknown
 * @param reason why, in one word; may be empty
 * @param message why, for people; may be empty
 * @param observed the generation that it was found for, if it says so
 * @param since since when it has its status, if it says so
 */
record Condition(
    String type,
    String status,
    String reason,
    String message,
    OptionalLong observed,
    Optional<Instant> since) {
  private static final Duration MOMENTS = Duration.ofSeconds(30);

  static Condition read(LiveView item) {
    return new Condition(
        item.text("type"),
        item.text("status"),
        item.text("reason"),
        item.text("message"),
        item.number("observedGeneration"),
        item.time("lastTransitionTime"));
  }

  boolean isTrue() {
    return status.equals("True");
  }

  boolean isFalse() {
    return status.equals("False");
  }

  /** Says whether it was found for another generation than this. */
  boolean isOutdated(OptionalLong generation) {
    return observed.isPresent() && generation.isPresent() && !observed.equals(generation);
  }

  /** Returns the report of a failure that may pass in its first moments. */
  HealthReport failing(HealthInput input) {
    return failing(MOMENTS, input);
  }

  /**
   * Returns the report of a failure that may pass: only one that lasts is one. What it says may be
   * of an older state of the object, so time counts from when that state is waited for, too.
   */
  HealthReport failing(Duration patience, HealthInput input) {
    Instant begin = since.filter(input.firstSeen()::isBefore).orElse(input.firstSeen());
    Instant limit = begin.plus(patience);
    return input.now().isBefore(limit)
        ? HealthReport.progressing(said()).until(limit)
        : HealthReport.degraded(said());
  }

  /** Returns what it says, in words. */
  String said() {
    String why = message.isEmpty() ? reason : message;
    return type
        + " is "
        + (status.isEmpty() ? "not set" : status)
        + (why.isEmpty() ? "" : ": ")
        + why;
  }
}
