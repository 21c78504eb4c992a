package io.github.gitops4j.control;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.health.Health;
import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.Revision;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How an application stands.
 *
 * <p>Four verdicts stay apart: {@link #sync()}, {@link #unhealthy()}, how the last pass ended and
 * what happened to each resource, which both are in {@link #lastReport()}.
 *
 * <p>Immutable.
 *
 * @param name its name
 * @param activity what the controller does with it
 * @param sync whether live is as declared
 * @param unhealthy what is declared and not healthy, with the reason
 * @param head what its source tracked when it was looked at last
 * @param reached the revision that live was made equal to
 * @param lastReport the last pass
 * @param conditions what else there is to know
 * @param failures how many passes failed since the last that did not
 * @param nextTurn how long until its next turn, if nothing happens before
 * @since 0.1.0
 */
public record ApplicationStatus(
    String name,
    Activity activity,
    Sync sync,
    SortedMap<ResourceKey, HealthReport> unhealthy,
    Optional<Revision> head,
    Optional<Revision> reached,
    Optional<ReconcileReport> lastReport,
    List<Condition> conditions,
    int failures,
    Optional<Duration> nextTurn) {
  private static final List<Health> FROM_WORST =
      List.of(
          Health.DEGRADED,
          Health.MISSING,
          Health.UNKNOWN,
          Health.TERMINATING,
          Health.PROGRESSING,
          Health.SUSPENDED);

  /** Checks the parts, and copies the collections. */
  public ApplicationStatus {
    requireNonNull(name, "name");
    requireNonNull(activity, "activity");
    requireNonNull(sync, "sync");
    requireNonNull(head, "head");
    requireNonNull(reached, "reached");
    requireNonNull(lastReport, "lastReport");
    requireNonNull(nextTurn, "nextTurn");
    unhealthy = Collections.unmodifiableSortedMap(new TreeMap<>(unhealthy));
    conditions = List.copyOf(conditions);
  }

  /** What the controller does with an application. */
  public enum Activity {
    /** Nothing, until something happens. */
    RESTING,
    /** It has a turn as soon as a worker is free. */
    QUEUED,
    /** It has its turn. */
    RUNNING
  }

  /** Whether live is as declared. */
  public enum Sync {
    /** It was at the last pass, or was made so. */
    IN_SYNC,
    /** Something differs. */
    OUT_OF_SYNC,
    /** It is not known: no pass came so far yet, or the last one could not. */
    UNKNOWN
  }

  /**
   * Returns the worst health of what is declared. It is {@link Health#UNKNOWN} too if nothing is
   * known to be unhealthy, and the last pass did not come to its end.
   */
  public Health health() {
    Set<Health> there = EnumSet.noneOf(Health.class);
    unhealthy.values().forEach(report -> there.add(report.health()));
    boolean isKnown =
        lastReport.filter(report -> report.result() instanceof PassResult.Done).isPresent()
            && !has(Condition.Type.HEALTH_UNKNOWN);
    return FROM_WORST.stream()
        .filter(there::contains)
        .findFirst()
        .orElse(isKnown ? Health.HEALTHY : Health.UNKNOWN);
  }

  /** Says whether live is as declared, everything is healthy, and nothing is left to do. */
  public boolean isReady() {
    return sync == Sync.IN_SYNC
        && unhealthy.isEmpty()
        && lastReport.filter(report -> report.result() instanceof PassResult.Done).isPresent()
        && !has(Condition.Type.HEALTH_UNKNOWN);
  }

  /** Says whether there is a condition of a type. */
  public boolean has(Condition.Type type) {
    return conditions.stream().anyMatch(condition -> condition.type() == type);
  }
}
