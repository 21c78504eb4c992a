package io.github.gitops4j.kubernetes.health;

import io.github.gitops4j.health.HealthInput;
import io.github.gitops4j.health.HealthReport;
import java.util.Optional;

/** A Deployment: paused, failed, rolling out, or there. */
final class DeploymentHealth implements KindRule {
  private static final long NO_DEADLINE = Integer.MAX_VALUE;

  @Override
  public HealthReport judge(LiveView live, HealthInput input) {
    if (live.isTrue("spec", "paused")) {
      return HealthReport.suspended("it is paused");
    }
    Conditions conditions = live.conditions();
    return conditions
        .find("Progressing")
        .filter(DeploymentHealth::isOverdue)
        .map(is -> overdue(is, input))
        .or(() -> conditions.ifTrue("ReplicaFailure").map(is -> is.failing(input)))
        .or(() -> rollingOut(live))
        .or(() -> unconfirmed(live, conditions))
        .orElseGet(HealthReport::healthy);
  }

  private static boolean isOverdue(Condition progressing) {
    return progressing.reason().equals("ProgressDeadlineExceeded");
  }

  /** The controller says so until pods make progress, also of what was overdue before a change. */
  private static HealthReport overdue(Condition progressing, HealthInput input) {
    return progressing.since().filter(input.firstSeen()::isBefore).isPresent()
        ? HealthReport.degraded(progressing.said())
        : progressing.failing(input);
  }

  private static Optional<HealthReport> rollingOut(LiveView live) {
    Replicas replicas = Replicas.of(live);
    return replicas
        .fewer("updatedReplicas", "are updated")
        .or(() -> replicas.surplus(live.count("status", "updatedReplicas"), "old pods are"))
        .or(() -> replicas.surplus(replicas.wanted(), "pods too many are"))
        .or(() -> replicas.fewer("replicas", "are there"))
        .or(() -> replicas.fewer("readyReplicas", "are ready"))
        .or(() -> replicas.fewer("availableReplicas", "are available"));
  }

  /** The numbers are right: the controller has to say so too. */
  private static Optional<HealthReport> unconfirmed(LiveView live, Conditions conditions) {
    boolean reportsProgress =
        live.number("spec", "progressDeadlineSeconds").orElse(NO_DEADLINE) != NO_DEADLINE;
    boolean complete =
        conditions
            .find("Progressing")
            .filter(is -> is.reason().equals("NewReplicaSetAvailable"))
            .isPresent();
    if (reportsProgress && !complete) {
      return Optional.of(HealthReport.progressing("its rollout is not said to be complete yet"));
    }
    return conditions.ifTrue("Available").isPresent()
        ? Optional.empty()
        : Optional.of(
            HealthReport.progressing(
                conditions
                    .find("Available")
                    .map(Condition::said)
                    .orElse("it is not said to be available yet")));
  }
}
