package io.github.gitops4j.health;

import io.github.gitops4j.resource.ResourceKey;

/**
 * Judges the health of a live resource.
 *
 * <ul>
 *   <li>HA-1: it is pure: the same input gives the same report.
 *   <li>HA-2: absent is MISSING; unreadable is UNKNOWN.
 *   <li>HA-3: it never throws for what it finds in a resource; what it does not understand is
 *       UNKNOWN or PROGRESSING with a reason. Whatever is not HEALTHY has a reason.
 *   <li>HA-4: {@link #judgesPresenceOnly} is true only for a resource that is HEALTHY whenever it
 *       is there and is not being deleted.
 * </ul>
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public interface HealthAssessor {
  /** Judges one resource. */
  HealthReport assess(HealthInput input);

  /**
   * Says whether being there is all that is judged of a resource, so that it need not be looked at
   * again when it was just written. By default it is not.
   */
  default boolean judgesPresenceOnly(ResourceKey key) {
    return false;
  }

  /** Returns an assessor for backends where being there is being healthy, such as files. */
  static HealthAssessor presence() {
    return Presence.INSTANCE;
  }
}
