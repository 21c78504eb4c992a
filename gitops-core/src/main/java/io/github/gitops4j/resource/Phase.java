package io.github.gitops4j.resource;

/**
 * When within an operation a resource is written; phases run in this order.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public enum Phase {
  /** Hooks before anything else. */
  BEFORE,
  /** Ordinary resources. */
  MAIN,
  /** Hooks after everything is healthy. */
  AFTER,
  /** Hooks after the operation failed. */
  ON_FAILURE
}
