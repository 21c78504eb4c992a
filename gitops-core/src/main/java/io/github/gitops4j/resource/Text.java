package io.github.gitops4j.resource;

import static java.util.Objects.requireNonNull;

/**
 * A string.
 *
 * <p>Immutable.
 *
 * @param value the characters
 * @since 0.1.0
 */
public record Text(String value) implements Value {
  /** Checks the value. */
  public Text {
    requireNonNull(value, "value");
  }

  /** Creates a string. */
  public static Text of(String value) {
    return new Text(value);
  }

  /** Written out, as what a record generates is slow in a process that has just begun. */
  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof Text that && value.equals(that.value));
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** Returns the length and hides the value. */
  @Override
  public String toString() {
    return "Text[" + value.length() + " chars]";
  }
}
