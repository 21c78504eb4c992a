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

  /** Returns the report of what is on its way. */
  public static HealthReport progressing(String reason) {
    return of(Health.PROGRESSING, reason);
  }

  /** Returns the report of what somebody stopped on purpose. */
  public static HealthReport suspended(String reason) {
    return of(Health.SUSPENDED, reason);
  }

  /** Returns the report of what failed. */
  public static HealthReport degraded(String reason) {
    return of(Health.DEGRADED, reason);
  }

  /** Returns a report that only an event can change. */
  public static HealthReport of(Health health, String reason) {
    return new HealthReport(health, reason, Optional.empty());
  }

  /** Returns this report with the time from which on it may be another. */
  public HealthReport until(Instant time) {
    return new HealthReport(health, reason, Optional.of(time));
  }
}
