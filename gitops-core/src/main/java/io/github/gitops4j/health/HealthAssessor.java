package io.github.gitops4j.health;

import io.github.gitops4j.live.Observation;

/**
 * Judges the health of a live resource.
 *
 * <ul>
 *   <li>HA-1: it is pure: the same input gives the same report.
 *   <li>HA-2: absent is MISSING; unreadable is UNKNOWN.
 *   <li>HA-3: it never throws for what it finds in a resource; what it does not understand is
 *       UNKNOWN or PROGRESSING with a reason.
 * </ul>
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface HealthAssessor {
  /** Judges one resource. */
  HealthReport assess(HealthInput input);

  /** Returns an assessor for backends where being there is being healthy, such as files. */
  static HealthAssessor presence() {
    return input -> {
      if (input.live() instanceof Observation.Present) {
        return HealthReport.healthy();
      }
      if (input.live() instanceof Observation.Unreadable unreadable) {
        return HealthReport.of(Health.UNKNOWN, unreadable.failure().message());
      }
      return HealthReport.of(Health.MISSING, "not there");
    };
  }
}
