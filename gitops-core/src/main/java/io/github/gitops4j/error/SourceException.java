package io.github.gitops4j.error;

/**
 * The desired state could not be resolved, fetched or decoded.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class SourceException extends GitOpsException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception from its failure. */
  public SourceException(Failure failure) {
    super(failure);
  }

  /** Creates the exception from a category and a message. */
  public SourceException(FailureCategory category, String message) {
    super(Failure.of(category, message));
  }

  /** Creates the exception from a category, a message and its cause. */
  public SourceException(FailureCategory category, String message, Throwable cause) {
    super(Failure.of(category, message, cause));
  }
}
