package io.github.gitops4j.kubernetes.health;

import io.github.gitops4j.health.HealthInput;
import io.github.gitops4j.health.HealthReport;

/**
 * A PodDisruptionBudget: it does its work whether or not it allows a disruption now, unless the
 * controller cannot count its pods.
 */
final class DisruptionBudgetHealth implements KindRule {
  @Override
  public HealthReport judge(LiveView live, HealthInput input) {
    return live.conditions()
        .ifFalse("DisruptionAllowed")
        .filter(is -> is.reason().equals("SyncFailed"))
        .map(is -> is.failing(input))
        .orElseGet(HealthReport::healthy);
  }
}
