package io.github.gitops4j.plan;

/**
 * What is done when some inputs cannot be understood.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public enum IncompletePolicy {
  /** Refuse the whole set, with all findings. */
  REFUSE,
  /** Apply the others; prune nothing until all are understood. */
  ISOLATE
}
