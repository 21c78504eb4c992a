package io.github.gitops4j.error;

/**
 * The inventory could not be read or written; unreadable is never taken for empty.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class InventoryException extends GitOpsException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception from its failure. */
  public InventoryException(Failure failure) {
    super(failure);
  }

  /** Creates the exception from a category and a message. */
  public InventoryException(FailureCategory category, String message) {
    super(Failure.of(category, message));
  }

  /** Creates the exception from a category, a message and its cause. */
  public InventoryException(FailureCategory category, String message, Throwable cause) {
    super(Failure.of(category, message, cause));
  }
}
