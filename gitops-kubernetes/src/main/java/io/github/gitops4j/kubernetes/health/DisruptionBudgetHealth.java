package io.github.gitops4j.kubernetes.health;

import io.github.gitops4j.health.HealthReport;
import java.time.Instant;

/**
 * A PodDisruptionBudget: it does its work whether or not it allows a disruption now, unless the
 * controller cannot count its pods.
 */
final class DisruptionBudgetHealth implements KindRule {
  @Override
  public HealthReport judge(LiveView live, Instant now) {
    return live.conditions()
        .ifFalse("DisruptionAllowed")
        .filter(is -> is.reason().equals("SyncFailed"))
        .map(is -> HealthReport.degraded(is.said()))
        .orElseGet(HealthReport::healthy);
  }
}
