package io.github.gitops4j.kubernetes.health;

import io.github.gitops4j.health.HealthInput;
import io.github.gitops4j.health.HealthReport;
import java.util.Optional;

/** A CustomResourceDefinition: its names are taken, or its kind is served. */
final class DefinitionHealth implements KindRule {
  @Override
  public HealthReport judge(LiveView live, HealthInput input) {
    Conditions conditions = live.conditions();
    Optional<Condition> refused =
        conditions
            .ifFalse("NamesAccepted")
            .or(
                () ->
                    conditions
                        .ifFalse("Established")
                        .filter(is -> !is.reason().equals("Installing")));
    if (refused.isPresent()) {
      return HealthReport.degraded(refused.get().said());
    }
    return conditions.ifTrue("Established").isPresent()
        ? HealthReport.healthy()
        : HealthReport.progressing("its kind is not served yet");
  }
}
