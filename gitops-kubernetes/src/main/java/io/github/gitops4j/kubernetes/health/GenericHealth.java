package io.github.gitops4j.kubernetes.health;

import io.github.gitops4j.health.Health;
import io.github.gitops4j.health.HealthInput;
import io.github.gitops4j.health.HealthReport;
import java.util.Optional;
import java.util.function.Function;

/**
 * Judges an object of any kind by its standard conditions, as kstatus of cli-utils does for a kind
 * that it does not know. The first line that holds decides:
 *
 * <ol>
 *   <li>{@code Reconciling} is True: PROGRESSING; {@code Stalled} is True: DEGRADED.
 *   <li>{@code Progressing} has the reason {@code ProgressDeadlineExceeded}: DEGRADED.
 *   <li>{@code Available} is there and not True: PROGRESSING.
 *   <li>{@code Progressing} is True for another reason than {@code NewReplicaSetAvailable}:
 *       PROGRESSING.
 *   <li>{@code Ready} is False for a {@linkplain TerminalReason terminal reason}: DEGRADED, unless
 *       it is so for some moments only.
 *   <li>{@code Ready} is there and not True: PROGRESSING.
 *   <li>Otherwise HEALTHY.
 * </ol>
 *
 * <p>A condition with an {@code observedGeneration} of its own that is behind the object's says
 * nothing yet: PROGRESSING. kstatus does not look at it.
 *
 * @see <a
 *     href="https://github.com/kubernetes-sigs/cli-utils/blob/master/pkg/kstatus/README.md">kstatus</a>
 */
final class GenericHealth implements KindRule {
  @Override
  public HealthReport judge(LiveView live, HealthInput input) {
    return report(live, "Reconciling", is -> is.isTrue() ? Health.PROGRESSING : Health.HEALTHY)
        .or(() -> report(live, "Stalled", is -> is.isTrue() ? Health.DEGRADED : Health.HEALTHY))
        .or(() -> report(live, "Progressing", GenericHealth::overdue))
        .or(() -> report(live, "Available", GenericHealth::available))
        .or(() -> report(live, "Progressing", GenericHealth::rollingOut))
        .or(() -> failedForGood(live, input))
        .or(() -> report(live, "Ready", GenericHealth::ready))
        .orElseGet(HealthReport::healthy);
  }

  /** Returns the report of a condition that speaks against health. */
  private static Optional<HealthReport> report(
      LiveView live, String type, Function<Condition, Health> rule) {
    Optional<Condition> found = live.conditions().find(type);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Condition condition = found.get();
    if (condition.isOutdated(live.generation())) {
      return Optional.of(HealthReport.progressing(type + " is not known yet for this generation"));
    }
    Health health = rule.apply(condition);
    return health == Health.HEALTHY
        ? Optional.empty()
        : Optional.of(HealthReport.of(health, condition.said()));
  }

  private static Optional<HealthReport> failedForGood(LiveView live, HealthInput input) {
    return live.conditions()
        .ifFalse("Ready")
        .filter(is -> !is.isOutdated(live.generation()) && TerminalReason.is(is.reason()))
        .map(is -> is.failing(input));
  }

  private static Health overdue(Condition is) {
    return is.reason().equals("ProgressDeadlineExceeded") ? Health.DEGRADED : Health.HEALTHY;
  }

  private static Health available(Condition is) {
    return is.isTrue() ? Health.HEALTHY : Health.PROGRESSING;
  }

  /** A Deployment keeps the condition, with this reason, when it has arrived. */
  private static Health rollingOut(Condition is) {
    return is.isTrue() && !is.reason().equals("NewReplicaSetAvailable")
        ? Health.PROGRESSING
        : Health.HEALTHY;
  }

  private static Health ready(Condition is) {
    return is.isTrue() ? Health.HEALTHY : Health.PROGRESSING;
  }
}
