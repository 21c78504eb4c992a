package io.github.gitops4j.error;

/**
 * The live state could not be observed at all.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class LiveStateException extends GitOpsException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception from its failure. */
  public LiveStateException(Failure failure) {
    super(failure);
  }

  /** Creates the exception from a category and a message. */
  public LiveStateException(FailureCategory category, String message) {
    super(Failure.of(category, message));
  }

  /** Creates the exception from a category, a message and its cause. */
  public LiveStateException(FailureCategory category, String message, Throwable cause) {
    super(Failure.of(category, message, cause));
  }
}
