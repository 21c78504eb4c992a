package io.github.gitops4j.control;

import static java.util.Objects.requireNonNull;

/**
 * Something about an application that somebody should know, beside its verdicts.
 *
 * <p>Immutable.
 *
 * @param type what it is about
 * @param message in words, one line
 * @since 0.1.0
 */
public record Condition(Type type, String message) {
  /** Checks the parts. */
  public Condition {
    requireNonNull(type, "type");
    requireNonNull(message, "message");
  }

  /** What a condition is about. */
  public enum Type {
    /** It is left alone until it is resumed. */
    SUSPENDED,
    /** Another process takes care of it. */
    ELSEWHERE,
    /** It depends on itself by way of others, and gets no pass until that is mended. */
    DEPENDENCY_CYCLE,
    /** It depends on an application that does not exist. */
    DEPENDENCY_MISSING,
    /** An application that it depends on is not ready. */
    DEPENDENCY_NOT_READY,
    /** Its last pass failed; the next one comes later each time. */
    BACKING_OFF,
    /** Its revision has failed as often as it may be tried. */
    GIVEN_UP,
    /** It stays at a revision, until the source moves on from the one that it tracks. */
    PINNED,
    /** A gate does not allow its plan, or not yet. */
    REFUSED,
    /** Somebody else changes a resource as often as it is put right, so it is left for a time. */
    FIGHTING,
    /** What is unhealthy could not be found out. */
    HEALTH_UNKNOWN,
    /** What it owns is being removed, and then it is gone. */
    REMOVING
  }
}
