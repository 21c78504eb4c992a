package io.github.gitops4j.kubernetes.health;

import io.github.gitops4j.health.Health;
import io.github.gitops4j.health.HealthInput;
import io.github.gitops4j.health.HealthReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A Pod: one that is to run on is healthy when it is ready, one that is to end when it has ended
 * well. Containers that cannot start or have failed speak against it, those that run first too.
 */
final class PodHealth implements KindRule {
  /** Until then an autoscaler may have added a node. */
  private static final Duration TIME_TO_FIND_A_NODE = Duration.ofMinutes(5);

  private static final Set<String> ALIVE = Set.of("", "Pending", "Running");

  @Override
  public HealthReport judge(LiveView live, HealthInput input) {
    String phase = live.text("status", "phase");
    Containers containers = Containers.of(live);
    if (phase.equals("Succeeded")) {
      return HealthReport.healthy();
    } else if (phase.equals("Failed")) {
      return HealthReport.degraded(whyItFailed(live, containers));
    } else if (!ALIVE.contains(phase)) {
      return HealthReport.of(Health.UNKNOWN, "its phase is " + phase);
    }
    return containers
        .stuck()
        .map(HealthReport::degraded)
        .or(() -> withoutNode(live, input.now()))
        .orElseGet(
            () -> phase.equals("Running") ? running(live, containers) : starting(containers));
  }

  private static String whyItFailed(LiveView live, Containers containers) {
    String said = live.text("status", "message");
    if (!said.isEmpty()) {
      return said;
    }
    String reason = live.text("status", "reason");
    return containers.failed().orElse(reason.isEmpty() ? "it has failed" : reason);
  }

  private static Optional<HealthReport> withoutNode(LiveView live, Instant now) {
    Optional<Condition> unschedulable =
        live.conditions().ifFalse("PodScheduled").filter(is -> is.reason().equals("Unschedulable"));
    if (unschedulable.isEmpty()) {
      return Optional.empty();
    }
    String why = unschedulable.get().said();
    Optional<Instant> limit =
        live.time("metadata", "creationTimestamp")
            .map(created -> created.plus(TIME_TO_FIND_A_NODE));
    return Optional.of(
        limit.isPresent() && now.isBefore(limit.get())
            ? HealthReport.progressing(why).until(limit.get())
            : HealthReport.degraded(why));
  }

  private static HealthReport starting(Containers containers) {
    return HealthReport.progressing(
        containers.waiting().orElse("its containers are not started yet"));
  }

  private static HealthReport running(LiveView live, Containers containers) {
    String restarts = live.text("spec", "restartPolicy");
    if (restarts.equals("Never") || restarts.equals("OnFailure")) {
      return HealthReport.progressing("it has not ended yet");
    }
    Optional<Condition> ready = live.conditions().find("Ready");
    if (ready.filter(Condition::isTrue).isPresent()) {
      return HealthReport.healthy();
    }
    return containers
        .failedBefore()
        .map(HealthReport::degraded)
        .orElseGet(
            () ->
                HealthReport.progressing(
                    ready.map(Condition::said).orElse("it is not said to be ready yet")));
  }
}
