package io.github.gitops4j.resource;

/**
 * One node of a document: JSON's six types.
 *
 * <p>Equality is by value: key order and source lines do not count, and {@code 1} equals {@code
 * 1.0}. The text form of every node names its type and size and never its content, which may be
 * secret; {@link #toJson()} is the explicit way to the content.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public sealed interface Value permits Mapping, Sequence, Text, Numeral, Bool, Null {
  /** Returns the content as compact JSON, keys in the order in which they were written. */
  default String toJson() {
    return JsonWriter.text(this);
  }
}
