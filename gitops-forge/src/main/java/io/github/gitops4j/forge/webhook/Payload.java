package io.github.gitops4j.forge.webhook;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A value of a payload. Every part is optional and may be of any type: what is not there, or not
 * what is asked for, is nothing.
 */
final class Payload {
  static final Payload NOTHING = new Payload(null);

  /** A list that goes on beyond what is kept. */
  record Items(List<Payload> kept, boolean cut) {}

  private final @Nullable Object value;

  private Payload(@Nullable Object value) {
    this.value = value;
  }

  static Payload of(String text) {
    return new Payload(text);
  }

  static Payload of(long number) {
    return new Payload(number);
  }

  static Payload of(boolean truth) {
    return new Payload(truth);
  }

  static Payload of(Map<String, Payload> fields) {
    return new Payload(fields);
  }

  static Payload of(List<Payload> kept, boolean cut) {
    return new Payload(new Items(kept, cut));
  }

  boolean isObject() {
    return value instanceof Map;
  }

  boolean isList() {
    return value instanceof Items;
  }

  /** Returns what is at some names below each other. */
  Payload at(String... names) {
    Payload at = this;
    for (String name : names) {
      at =
          at.value instanceof Map<?, ?> fields && fields.get(name) instanceof Payload field
              ? field
              : NOTHING;
    }
    return at;
  }

  /** Returns the text at some names; empty if there is none. */
  String text(String... names) {
    return at(names).value instanceof String text ? text : "";
  }

  Optional<String> asText() {
    return value instanceof String text ? Optional.of(text) : Optional.empty();
  }

  boolean isTrue(String... names) {
    return at(names).value instanceof Boolean truth && truth;
  }

  /** Returns the digits of the number at some names; empty text if there is none. */
  String digits(String... names) {
    return at(names).value instanceof Long number ? Long.toString(number) : "";
  }

  OptionalLong number(String... names) {
    return at(names).value instanceof Long number ? OptionalLong.of(number) : OptionalLong.empty();
  }

  /** Returns the items of the list at some names; none if there is no list. */
  List<Payload> items(String... names) {
    return at(names).value instanceof Items items ? items.kept() : List.of();
  }

  /** Says whether the list at some names is whole. */
  boolean isWholeList(String... names) {
    return at(names).value instanceof Items items && !items.cut();
  }
}
