package io.github.gitops4j.error;

/**
 * The history could not be read or written.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class HistoryException extends GitOpsException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception from its failure. */
  public HistoryException(Failure failure) {
    super(failure);
  }

  /** Creates the exception from a category and a message. */
  public HistoryException(FailureCategory category, String message) {
    super(Failure.of(category, message));
  }

  /** Creates the exception from a category, a message and its cause. */
  public HistoryException(FailureCategory category, String message, Throwable cause) {
    super(Failure.of(category, message, cause));
  }
}
