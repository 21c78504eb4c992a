package io.github.gitops4j.kubernetes.health;

import io.github.gitops4j.health.HealthInput;
import io.github.gitops4j.health.HealthReport;
import java.util.Optional;

/** A Job: healthy when it is done, and not before. */
final class JobHealth implements KindRule {
  @Override
  public HealthReport judge(LiveView live, HealthInput input) {
    Conditions conditions = live.conditions();
    Optional<Condition> failed =
        conditions.ifTrue("Failed").or(() -> conditions.ifTrue("FailureTarget"));
    if (failed.isPresent()) {
      return HealthReport.degraded(failed.get().said());
    }
    if (conditions.ifTrue("Complete").isPresent()) {
      return HealthReport.healthy();
    }
    if (isSuspended(live, conditions)) {
      return HealthReport.suspended("it is suspended");
    }
    return HealthReport.progressing(
        live.count("status", "succeeded")
            + " of "
            + live.number("spec", "completions").orElse(1)
            + " runs are done, "
            + live.count("status", "active")
            + " are active");
  }

  /** After a Job was resumed the condition stays, as False. */
  private static boolean isSuspended(LiveView live, Conditions conditions) {
    return live.has("spec", "suspend")
        ? live.isTrue("spec", "suspend")
        : conditions.ifTrue("Suspended").isPresent();
  }
}
