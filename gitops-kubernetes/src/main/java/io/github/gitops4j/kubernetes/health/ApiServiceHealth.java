package io.github.gitops4j.kubernetes.health;

import io.github.gitops4j.health.HealthInput;
import io.github.gitops4j.health.HealthReport;

/** An APIService: whether the server behind it answers. */
final class ApiServiceHealth implements KindRule {
  @Override
  public HealthReport judge(LiveView live, HealthInput input) {
    return live.conditions()
        .find("Available")
        .map(is -> is.isTrue() ? HealthReport.healthy() : HealthReport.progressing(is.said()))
        .orElseGet(() -> HealthReport.progressing("it is not said to be available yet"));
  }
}
