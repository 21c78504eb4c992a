package io.github.gitops4j.health;

import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Sequence;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/** The conditions of one live resource; what has not their form is passed over. */
final class Conditions {
  private static final FieldPath PLACE = FieldPath.parse("/status/conditions");
  private static final Set<String> STANDARD =
      Set.of("Reconciling", "Stalled", "Progressing", "Available", "Ready");

  private final Map<String, Condition> byType = new LinkedHashMap<>();
  private final OptionalLong generation;

  Conditions(Document live, OptionalLong generation) {
    this.generation = generation;
    if (live.at(PLACE).orElse(null) instanceof Sequence items) {
      for (int i = 0; i < items.size(); i++) {
        if (items.get(i) instanceof Mapping item) {
          Condition condition = Condition.read(item);
          byType.putIfAbsent(condition.type(), condition);
        }
      }
    }
  }

  /** Says whether there is one of those that can be judged. */
  boolean hasAny() {
    return byType.keySet().stream().anyMatch(STANDARD::contains);
  }

  /** Returns the report of a condition that speaks against health. */
  Optional<HealthReport> report(String type, Function<Condition, Health> rule) {
    Condition condition = byType.get(type);
    if (condition == null) {
      return Optional.empty();
    }
    if (Condition.bothAndDiffer(generation, condition.observed())) {
      return Optional.of(
          HealthReport.of(Health.PROGRESSING, type + " is not known yet for this generation"));
    }
    Health health = rule.apply(condition);
    return health == Health.HEALTHY
        ? Optional.empty()
        : Optional.of(HealthReport.of(health, condition.said()));
  }
}
