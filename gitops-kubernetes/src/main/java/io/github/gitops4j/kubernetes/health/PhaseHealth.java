package io.github.gitops4j.kubernetes.health;

import io.github.gitops4j.health.Health;
import io.github.gitops4j.health.HealthInput;
import io.github.gitops4j.health.HealthReport;
import java.util.Map;

/** Judges an object of a kind that says all by {@code status.phase}. */
final class PhaseHealth implements KindRule {
  private final Map<String, Health> phases;

  private PhaseHealth(Map<String, Health> phases) {
    this.phases = phases;
  }

  static PhaseHealth ofNamespace() {
    return new PhaseHealth(
        Map.of("", Health.HEALTHY, "Active", Health.HEALTHY, "Terminating", Health.TERMINATING));
  }

  static PhaseHealth ofVolume() {
    return new PhaseHealth(
        Map.of(
            "", Health.PROGRESSING,
            "Pending", Health.PROGRESSING,
            "Available", Health.HEALTHY,
            "Bound", Health.HEALTHY,
            "Released", Health.HEALTHY,
            "Failed", Health.DEGRADED));
  }

  static PhaseHealth ofClaim() {
    return new PhaseHealth(
        Map.of(
            "", Health.PROGRESSING,
            "Pending", Health.PROGRESSING,
            "Bound", Health.HEALTHY,
            "Lost", Health.DEGRADED));
  }

  /** Of Argo Workflows. */
  static PhaseHealth ofWorkflow() {
    return new PhaseHealth(
        Map.of(
            "", Health.PROGRESSING,
            "Pending", Health.PROGRESSING,
            "Running", Health.PROGRESSING,
            "Succeeded", Health.HEALTHY,
            "Failed", Health.DEGRADED,
            "Error", Health.DEGRADED));
  }

  @Override
  public HealthReport judge(LiveView live, HealthInput input) {
    String phase = live.text("status", "phase");
    Health health = phases.getOrDefault(phase, Health.UNKNOWN);
    if (health == Health.HEALTHY) {
      return HealthReport.healthy();
    }
    String message = live.text("status", "message");
    String state = phase.isEmpty() ? "it has no phase yet" : "its phase is " + phase;
    return HealthReport.of(health, message.isEmpty() ? state : state + ": " + message);
  }
}
