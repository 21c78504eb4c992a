package io.github.gitops4j.gate;

import io.github.gitops4j.source.Revision;
import java.time.Duration;
import java.util.Optional;

/**
 * What a gate may ask about the other applications of a program.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface OtherApplications {
  /**
   * Returns how long an application has been ready, without a break, with what it declares at a
   * revision: as declared, everything healthy, nothing left to do. If it has moved on since, how
   * long it was.
   *
   * @return empty if it never was, has failed with that since, or nobody knows the application
   */
  Optional<Duration> readyFor(String application, Revision revision);

  /** Returns the answer of a program that has no others. */
  static OtherApplications none() {
    return (application, revision) -> Optional.empty();
  }
}
