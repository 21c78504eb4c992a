package io.github.gitops4j.resource;

/**
 * JSON's {@code true} and {@code false}.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public enum Bool implements Value {
  /** {@code false}. */
  FALSE,
  /** {@code true}. */
  TRUE;

  /** Returns the node of a truth value. */
  public static Bool of(boolean value) {
    return value ? TRUE : FALSE;
  }

  /** Says whether this is {@link #TRUE}. */
  public boolean isTrue() {
    return this == TRUE;
  }

  /** Names the type and hides the value. */
  @Override
  public String toString() {
    return "Bool";
  }
}
