package io.github.gitops4j.plan;

/**
 * What is done when something is no longer declared and somebody else changed it meanwhile.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public enum PrunedDriftPolicy {
  /** Remove it and keep its content aside. */
  QUARANTINE,
  /** Remove it; the right choice where live always differs a little, as on a cluster. */
  PRUNE
}
