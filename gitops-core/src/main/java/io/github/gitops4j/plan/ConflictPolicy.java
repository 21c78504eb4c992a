package io.github.gitops4j.plan;

/**
 * What is done when live was changed by somebody else and the declaration was changed as well.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public enum ConflictPolicy {
  /** Hold it and report it. */
  HOLD,
  /** Write what is declared; what was found is kept aside. */
  PREFER_DESIRED
}
