package io.github.gitops4j.error;

/**
 * No plan could be made, or a saved plan could not be read.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class PlanException extends GitOpsException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception from its failure. */
  public PlanException(Failure failure) {
    super(failure);
  }

  /** Creates the exception from a category and a message. */
  public PlanException(FailureCategory category, String message) {
    super(Failure.of(category, message));
  }

  /** Creates the exception from a category, a message and its cause. */
  public PlanException(FailureCategory category, String message, Throwable cause) {
    super(Failure.of(category, message, cause));
  }
}
