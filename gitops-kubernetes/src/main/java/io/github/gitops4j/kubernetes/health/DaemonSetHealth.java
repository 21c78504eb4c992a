package io.github.gitops4j.kubernetes.health;

import io.github.gitops4j.health.HealthInput;
import io.github.gitops4j.health.HealthReport;
import java.util.Optional;
import java.util.OptionalLong;

/** A DaemonSet: a pod on every node that is to have one. */
final class DaemonSetHealth implements KindRule {
  @Override
  public HealthReport judge(LiveView live, HealthInput input) {
    OptionalLong nodes = live.number("status", "desiredNumberScheduled");
    if (nodes.isEmpty()) {
      return HealthReport.progressing("how many nodes it is for is not known yet");
    }
    Replicas replicas = new Replicas(live, nodes.getAsLong());
    return live.neverObserved()
        .or(() -> replicas.fewer("currentNumberScheduled", "are there"))
        .or(() -> rollingOut(live, replicas))
        .or(() -> replicas.fewer("numberReady", "are ready"))
        .or(() -> replicas.fewer("numberAvailable", "are available"))
        .orElseGet(HealthReport::healthy);
  }

  private static Optional<HealthReport> rollingOut(LiveView live, Replicas replicas) {
    return live.text("spec", "updateStrategy", "type").equals("OnDelete")
        ? Optional.empty()
        : replicas.fewer("updatedNumberScheduled", "are updated");
  }
}
