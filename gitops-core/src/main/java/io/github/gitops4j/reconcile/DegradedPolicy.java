package io.github.gitops4j.reconcile;

/**
 * What an operation does when something that it waits for is {@link
 * io.github.gitops4j.health.Health#DEGRADED}: failed, so that waiting alone will not help.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public enum DegradedPolicy {
  /**
   * It ends as failed at once; the failure lists what is not healthy, and why. A pass that has just
   * written something leaves the verdict to the next one, as what it saw may be of before the
   * write.
   */
  FAIL,
  /** It waits until the health timeout, for what heals by itself or is mended by somebody. */
  AWAIT
}
