package io.github.gitops4j.kubernetes.cel;

import dev.cel.common.exceptions.CelIterationLimitExceededException;

/** What one call may make or do, where that is more than what it is given. */
final class RuleLimits {
  /** Characters of a text, items of a list, or comparisons. */
  static final int MOST = 2_000_000;

  private RuleLimits() {}

  /**
   * Lets pass what is not too much.
   *
   * @throws CelIterationLimitExceededException if it is
   */
  static void check(long amount) {
    if (amount > MOST) {
      throw new CelIterationLimitExceededException(MOST);
    }
  }
}
