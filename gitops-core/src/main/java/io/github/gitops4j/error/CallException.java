package io.github.gitops4j.error;

/**
 * The call was cancelled or its deadline passed.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class CallException extends GitOpsException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception from its failure. */
  public CallException(Failure failure) {
    super(failure);
  }

  /** Creates the exception from a category and a message. */
  public CallException(FailureCategory category, String message) {
    super(Failure.of(category, message));
  }

  /** Creates the exception from a category, a message and its cause. */
  public CallException(FailureCategory category, String message, Throwable cause) {
    super(Failure.of(category, message, cause));
  }
}
