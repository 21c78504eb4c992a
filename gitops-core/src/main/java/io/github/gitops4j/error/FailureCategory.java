package io.github.gitops4j.error;

/**
 * Who has to act on a failure: the author of the input, the operator, or nobody because a retry
 * helps.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public enum FailureCategory {
  /** The declared input is wrong; its author must change it. */
  INVALID_INPUT(false),
  /** The credentials are valid but not allowed to do this. */
  FORBIDDEN(false),
  /** Credentials are missing, wrong or expired. */
  UNAUTHENTICATED(false),
  /** What was named does not exist. */
  NOT_FOUND(false),
  /** Somebody else owns or changed what we wanted to write. */
  CONFLICT(true),
  /** Another writer owns a field that we declare. */
  FIELD_CONFLICT(false),
  /** A field that cannot change after creation differs. */
  IMMUTABLE_FIELD(false),
  /** What was seen when deciding is no longer so; decide again. */
  STALE(true),
  /** The deadline passed. */
  TIMEOUT(true),
  /** The caller cancelled. */
  CANCELLED(false),
  /** A configured bound on size, depth, count or time was reached. */
  LIMIT_EXCEEDED(false),
  /** The backend cannot do this at all. */
  UNSUPPORTED(false),
  /** The other side did not answer or said "later". */
  UNAVAILABLE(true),
  /** A defect: ours, or that of a plug-in. */
  INTERNAL(false);

  private final boolean retryable;

  FailureCategory(boolean retryable) {
    this.retryable = retryable;
  }

  /** Says whether the same call may succeed later without anybody changing the input. */
  public boolean retryable() {
    return retryable;
  }
}
