package io.github.gitops4j.live;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.error.Failure;

/**
 * What looking at one key gave.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public sealed interface Observation
    permits Observation.Present, Observation.Absent, Observation.Unreadable {

  /**
   * It is there.
   *
   * @param resource what was seen
   */
  record Present(LiveResource resource) implements Observation {
    /** Checks the parts. */
    public Present {
      requireNonNull(resource, "resource");
    }
  }

  /** It was looked for and is certainly not there. */
  record Absent() implements Observation {
    /** The only value needed. */
    public static final Absent INSTANCE = new Absent();
  }

  /**
   * Nobody can say whether it is there: forbidden ({@link
   * io.github.gitops4j.error.FailureCategory#FORBIDDEN}) or failed. It is never taken for absent.
   *
   * @param failure why
   */
  record Unreadable(Failure failure) implements Observation {
    /** Checks the parts. */
    public Unreadable {
      requireNonNull(failure, "failure");
    }
  }
}
