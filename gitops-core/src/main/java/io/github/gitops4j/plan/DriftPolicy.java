package io.github.gitops4j.plan;

/**
 * What is done when live was changed by somebody else and the declaration was not.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public enum DriftPolicy {
  /** Put it right; what was found is kept aside. */
  CORRECT,
  /** Report it and leave it. */
  REPORT
}
