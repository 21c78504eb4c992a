package io.github.gitops4j.resource;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * That a resource is run at a moment of an operation, in place of being kept: once for each
 * revision, until it is healthy. What was run before is removed first.
 *
 * <p>Immutable.
 *
 * @param moment when it is run
 * @param removal after which ends it is removed, once the operation ends
 * @since 0.1.0
 */
public record Hook(Moment moment, Set<End> removal) {

  /** When a hook is run. */
  public enum Moment {
    /** In its phase and wave, like any other resource. */
    IN_ITS_WAVE,
    /** When the operation has failed. */
    ON_FAILURE
  }

  /** How a hook ends. */
  public enum End {
    /** It became healthy. */
    SUCCEEDED,
    /** It became degraded, was not healthy in time, or vanished. */
    FAILED
  }

  /** Checks the parts and copies the set. */
  public Hook {
    requireNonNull(moment, "moment");
    EnumSet<End> copy = EnumSet.noneOf(End.class);
    copy.addAll(removal);
    removal = Collections.unmodifiableSet(copy);
  }

  /** Creates a hook that stays until it is run again. */
  public static Hook at(Moment moment) {
    return new Hook(moment, Set.of());
  }
}
