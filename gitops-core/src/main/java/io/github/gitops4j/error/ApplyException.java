package io.github.gitops4j.error;

/**
 * Applying could not begin, or had to end before every action was tried.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class ApplyException extends GitOpsException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception from its failure. */
  public ApplyException(Failure failure) {
    super(failure);
  }

  /** Creates the exception from a category and a message. */
  public ApplyException(FailureCategory category, String message) {
    super(Failure.of(category, message));
  }

  /** Creates the exception from a category, a message and its cause. */
  public ApplyException(FailureCategory category, String message, Throwable cause) {
    super(Failure.of(category, message, cause));
  }
}
