package io.github.gitops4j.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.history.HistoryState;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.resource.ResourceKey;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a target stands, without having written anything.
 *
 * <p>Immutable.
 *
 * @param plan what a pass would do; empty if in sync
 * @param history what was applied last, and how it ended
 * @param unhealthy declared resources that are not healthy, with the reason
 * @since 0.1.0
 */
public record TargetStatus(
    Plan plan, HistoryState history, SortedMap<ResourceKey, HealthReport> unhealthy) {
  /** Copies the map. */
  public TargetStatus {
    requireNonNull(plan, "plan");
    requireNonNull(history, "history");
    unhealthy = Collections.unmodifiableSortedMap(new TreeMap<>(unhealthy));
  }

  /** Says whether live is as declared. */
  public boolean inSync() {
    return plan.isEmpty() && plan.broken().isEmpty();
  }
}
