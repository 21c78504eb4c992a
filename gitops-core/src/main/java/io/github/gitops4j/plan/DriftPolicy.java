package io.github.gitops4j.plan;

/**
 * What is done when live was changed or removed by somebody else and the declaration was not.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public enum DriftPolicy {
  /** Put it right; what was found is kept aside. */
  CORRECT,
  /** Report it and leave it. */
  REPORT,
  /** Leave it, and take it for as declared until something else is declared. */
  LEAVE
}
