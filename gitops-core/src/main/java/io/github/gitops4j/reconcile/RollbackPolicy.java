package io.github.gitops4j.reconcile;

/**
 * What is done about a revision whose operation has failed, or that fell ill afterwards.
 *
 * @since 0.1.0
 */
public enum RollbackPolicy {
  /** It stays. */
  NEVER,
  /**
   * The next pass goes back to the last revision with which everything became healthy, with its
   * hooks, and stays there until the source moves on or somebody unpins it.
   */
  TO_LAST_HEALTHY
}
