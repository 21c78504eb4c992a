package io.github.gitops4j.diff;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.error.Failure;
import java.util.List;

/**
 * How live differs from desired.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public sealed interface Drift
    permits Drift.InSync, Drift.Missing, Drift.Extra, Drift.Changed, Drift.Undecided {

  /** Nothing that is declared differs. */
  record InSync() implements Drift {
    /** The only value needed. */
    public static final InSync INSTANCE = new InSync();
  }

  /** Declared and not there. */
  record Missing() implements Drift {
    /** The only value needed. */
    public static final Missing INSTANCE = new Missing();
  }

  /** There and not declared. */
  record Extra() implements Drift {
    /** The only value needed. */
    public static final Extra INSTANCE = new Extra();
  }

  /**
   * Both are there and differ.
   *
   * @param changes what differs, by path; never empty
   */
  record Changed(List<FieldChange> changes) implements Drift {
    /** Copies the list. */
    public Changed {
      changes = List.copyOf(changes);
      if (changes.isEmpty()) {
        throw new IllegalArgumentException("changed, but no field change");
      }
    }
  }

  /**
   * It cannot be said; nothing is done.
   *
   * @param failure why; with {@link io.github.gitops4j.error.FailureCategory#STALE}, the live side
   *     is another one by now, and the engine reads it and asks once more
   */
  record Undecided(Failure failure) implements Drift {
    /** Checks the parts. */
    public Undecided {
      requireNonNull(failure, "failure");
    }
  }
}
