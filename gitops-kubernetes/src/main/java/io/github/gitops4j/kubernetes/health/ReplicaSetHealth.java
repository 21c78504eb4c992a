package io.github.gitops4j.kubernetes.health;

import io.github.gitops4j.health.HealthInput;
import io.github.gitops4j.health.HealthReport;

/** A ReplicaSet or a ReplicationController: it cannot make pods, lacks some, or has all. */
final class ReplicaSetHealth implements KindRule {
  @Override
  public HealthReport judge(LiveView live, HealthInput input) {
    Replicas replicas = Replicas.of(live);
    return live.conditions()
        .ifTrue("ReplicaFailure")
        .map(is -> is.failing(input))
        .or(() -> replicas.fewer("fullyLabeledReplicas", "are made from its template"))
        .or(() -> replicas.fewer("readyReplicas", "are ready"))
        .or(() -> replicas.fewer("availableReplicas", "are available"))
        .or(() -> replicas.surplus(replicas.wanted(), "pods too many are"))
        .orElseGet(HealthReport::healthy);
  }
}
