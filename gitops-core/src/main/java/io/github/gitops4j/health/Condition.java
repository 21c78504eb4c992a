package io.github.gitops4j.health;

import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Value;
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
 */
record Condition(String type, String status, String reason, String message, OptionalLong observed) {

  static Condition read(Mapping item) {
    return new Condition(
        item.text("type").orElse(""),
        item.text("status").orElse(""),
        item.text("reason").orElse(""),
        item.text("message").orElse(""),
        number(item.get("observedGeneration")));
  }

  boolean isTrue() {
    return status.equals("True");
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

  static OptionalLong number(Optional<Value> value) {
    return value.orElse(null) instanceof Numeral numeral ? numeral.asLong() : OptionalLong.empty();
  }

  static boolean bothAndDiffer(OptionalLong one, OptionalLong other) {
    return one.isPresent() && other.isPresent() && one.getAsLong() != other.getAsLong();
  }
}
