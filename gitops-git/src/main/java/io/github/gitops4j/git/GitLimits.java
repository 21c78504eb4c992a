package io.github.gitops4j.git;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Bounds of one transfer.
 *
 * <p>Immutable.
 *
 * @param maxBytes bytes that a server may send
 * @param maxTime time that a transfer may take, if the call leaves that much
 * @since 0.1.0
 */
public record GitLimits(long maxBytes, Duration maxTime) {
  /** Checks the parts. */
  public GitLimits {
    if (maxBytes <= 0) {
      throw new IllegalArgumentException("maxBytes is not positive: " + maxBytes);
    }
    requireNonNull(maxTime, "maxTime");
  }

  /** Returns 4 GiB and 10 minutes. */
  public static GitLimits defaults() {
    return new GitLimits(4L << 30, Duration.ofMinutes(10));
  }
}
