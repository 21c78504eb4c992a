package io.github.gitops4j.health;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * Health of one resource and why.
 *
 * <p>Immutable.
 *
 * @param health the verdict
 * @param reason why, in words; empty text if healthy
 * @param reassessAt when time alone may change the verdict, if it may
 * @since 0.1.0
 */
public record HealthReport(Health health, String reason, Optional<Instant> reassessAt) {
  /** Checks the parts. */
  public HealthReport {
    requireNonNull(health, "health");
    requireNonNull(reason, "reason");
    requireNonNull(reassessAt, "reassessAt");
  }

  /** Returns the report of a healthy resource. */
  public static HealthReport healthy() {
    return new HealthReport(Health.HEALTHY, "", Optional.empty());
  }

  /** Returns a report that only an event can change. */
  public static HealthReport of(Health health, String reason) {
    return new HealthReport(health, reason, Optional.empty());
  }
}
