package io.github.gitops4j.error;

/**
 * Desired and live state could not be compared at all.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class DiffException extends GitOpsException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception from its failure. */
  public DiffException(Failure failure) {
    super(failure);
  }

  /** Creates the exception from a category and a message. */
  public DiffException(FailureCategory category, String message) {
    super(Failure.of(category, message));
  }

  /** Creates the exception from a category, a message and its cause. */
  public DiffException(FailureCategory category, String message, Throwable cause) {
    super(Failure.of(category, message, cause));
  }
}
