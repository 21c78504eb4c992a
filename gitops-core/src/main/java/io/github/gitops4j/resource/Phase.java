package io.github.gitops4j.resource;

/**
 * When within an operation a resource is written; phases run in this order.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public enum Phase {
  /** Before anything else. */
  BEFORE,
  /** With all ordinary resources. */
  MAIN,
  /** After everything else is healthy. */
  AFTER
}
