package io.github.gitops4j.resource;

/**
 * JSON's {@code null}: written, and empty. A field that was not written is absent instead.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public enum Null implements Value {
  /** The only null. */
  INSTANCE;

  /** Names the type. */
  @Override
  public String toString() {
    return "Null";
  }
}
