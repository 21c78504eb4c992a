package io.github.gitops4j.kubernetes.health;

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
