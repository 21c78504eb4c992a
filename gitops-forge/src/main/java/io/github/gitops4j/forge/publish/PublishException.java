package io.github.gitops4j.forge.publish;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.GitOpsException;
import java.time.Duration;
import java.util.Optional;

/**
 * A Git host did not take what was told to it. {@link FailureCategory#UNAUTHENTICATED} asks for
 * another token, {@link FailureCategory#LIMIT_EXCEEDED} says that a commit has as many statuses as
 * it may have, {@link FailureCategory#UNAVAILABLE} that it may work later.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class PublishException extends GitOpsException {
  private static final long serialVersionUID = 1L;

  private final transient Optional<Duration> retryAfter;
  private final boolean askedTooOften;

  /** Creates the exception from its failure. */
  public PublishException(Failure failure) {
    this(failure, Optional.empty(), false);
  }

  PublishException(Failure failure, Optional<Duration> retryAfter, boolean askedTooOften) {
    super(failure);
    this.retryAfter = requireNonNull(retryAfter, "retryAfter");
    this.askedTooOften = askedTooOften;
  }

  PublishException(FailureCategory category, String message) {
    this(Failure.of(category, message));
  }

  /** Returns how long the host asks to be left alone, if it says so. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }

  /** Says whether the host is asked too often: whoever goes on may be locked out. */
  public boolean askedTooOften() {
    return askedTooOften;
  }
}
