package io.github.gitops4j.kubernetes.health;

import io.github.gitops4j.health.HealthInput;
import io.github.gitops4j.health.HealthReport;
import java.util.Optional;
import java.util.OptionalLong;

/** A StatefulSet: all pods have to be ready, and those that are to be of the new revision are. */
final class StatefulSetHealth implements KindRule {
  @Override
  public HealthReport judge(LiveView live, HealthInput input) {
    Replicas replicas = Replicas.of(live);
    return live.neverObserved()
        .or(() -> replicas.fewer("replicas", "are there"))
        .or(() -> replicas.fewer("readyReplicas", "are ready"))
        .or(() -> replicas.surplus(replicas.wanted(), "pods too many are"))
        .or(() -> rollingOut(live, replicas))
        .orElseGet(HealthReport::healthy);
  }

  private static Optional<HealthReport> rollingOut(LiveView live, Replicas replicas) {
    if (live.text("spec", "updateStrategy", "type").equals("OnDelete")) {
      return Optional.empty();
    }
    OptionalLong partition = live.number("spec", "updateStrategy", "rollingUpdate", "partition");
    if (partition.isPresent() && live.has("status", "updatedReplicas")) {
      long needed = replicas.wanted() - partition.getAsLong();
      return replicas.fewer("updatedReplicas", "are updated", needed);
    }
    String update = live.text("status", "updateRevision");
    return update.equals(live.text("status", "currentRevision"))
        ? Optional.empty()
        : Optional.of(HealthReport.progressing("it is being rolled out to revision " + update));
  }
}
