package io.github.gitops4j.kubernetes.health;

import io.github.gitops4j.health.HealthReport;
import java.time.Instant;

/** A ReplicaSet or a ReplicationController: it cannot make pods, lacks some, or has all. */
final class ReplicaSetHealth implements KindRule {
  @Override
  public HealthReport judge(LiveView live, Instant now) {
    Replicas replicas = Replicas.of(live);
    return live.conditions()
        .ifTrue("ReplicaFailure")
        .map(is -> HealthReport.degraded(is.said()))
        .or(() -> replicas.fewer("fullyLabeledReplicas", "are made from its template"))
        .or(() -> replicas.fewer("readyReplicas", "are ready"))
        .or(() -> replicas.fewer("availableReplicas", "are available"))
        .or(() -> replicas.surplus(replicas.wanted(), "pods too many are"))
        .orElseGet(HealthReport::healthy);
  }
}
