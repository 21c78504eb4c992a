package io.github.gitops4j.error;

import static java.util.Objects.requireNonNull;

/**
 * A stage could not go on at all. Subclasses name the stage; the {@link Failure} says why.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public abstract class GitOpsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  /** Creates an exception whose message and cause are those of the failure. */
  protected GitOpsException(Failure failure) {
    super(requireNonNull(failure, "failure").message(), failure.cause().orElse(null));
    this.failure = failure;
  }

  /** Returns the failure as a value. */
  public final Failure failure() {
    return failure;
  }

  /** Returns who must act. */
  public final FailureCategory category() {
    return failure.category();
  }

  /** Says whether the same call may succeed later. */
  public final boolean retryable() {
    return failure.retryable();
  }
}
