package io.github.gitops4j.history;

/**
 * How an operation ended.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public enum OperationResult {
  /** Everything that could run ran. */
  SUCCEEDED,
  /** Some actions failed; the others ran. */
  PARTLY_FAILED,
  /** It could not go on. */
  FAILED,
  /** Another desired state took its place. */
  SUPERSEDED
}
