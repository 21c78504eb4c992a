package io.github.gitops4j.health;

import io.github.gitops4j.live.Observation;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.ResourceKey;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Judges a Kubernetes resource of any kind by its standard conditions, as kstatus of cli-utils does
 * for a kind that it does not know. The first line that holds decides:
 *
 * <ol>
 *   <li>{@code metadata.deletionTimestamp} is there: TERMINATING.
 *   <li>{@code metadata.generation} and {@code status.observedGeneration} are there and differ:
 *       PROGRESSING.
 *   <li>{@code Reconciling} is True: PROGRESSING; {@code Stalled} is True: DEGRADED.
 *   <li>{@code Progressing} has the reason {@code ProgressDeadlineExceeded}: DEGRADED.
 *   <li>{@code Available} is there and not True: PROGRESSING.
 *   <li>{@code Progressing} is True for another reason than {@code NewReplicaSetAvailable}:
 *       PROGRESSING.
 *   <li>{@code Ready} is there and not True: PROGRESSING, but HEALTHY if a pod has completed.
 *   <li>None of these conditions is there, and the kind is one that reports by numbers or by a
 *       phase, such as a StatefulSet: UNKNOWN, where kstatus would have to know the kind.
 *   <li>Otherwise HEALTHY; so a custom resource without any status is, as in kstatus.
 * </ol>
 *
 * <p>A condition with an {@code observedGeneration} of its own that is behind the resource's says
 * nothing yet: PROGRESSING. kstatus does not look at it.
 *
 * <p>Thread-safe.
 *
 * @see <a
 *     href="https://github.com/kubernetes-sigs/cli-utils/blob/master/pkg/kstatus/README.md">kstatus</a>
 * @since 0.1.0
 */
public final class ConditionHealth implements HealthAssessor {
  private static final ConditionHealth INSTANCE = new ConditionHealth();

  private static final FieldPath DELETED = FieldPath.parse("/metadata/deletionTimestamp");
  private static final FieldPath GENERATION = FieldPath.parse("/metadata/generation");
  private static final FieldPath OBSERVED = FieldPath.parse("/status/observedGeneration");

  /** Kinds, with their groups, whose state is in numbers or in a phase. */
  private static final Set<String> WITHOUT_CONDITIONS =
      Set.of(
          "apps/DaemonSet",
          "apps/ReplicaSet",
          "apps/StatefulSet",
          "batch/Job",
          "/PersistentVolumeClaim",
          "/Pod",
          "/ReplicationController");

  private ConditionHealth() {}

  /** Returns the rule. */
  public static ConditionHealth create() {
    return INSTANCE;
  }

  @Override
  public HealthReport assess(HealthInput input) {
    if (!(input.live() instanceof Observation.Present present)) {
      return HealthAssessor.presence().assess(input);
    }
    return present
        .resource()
        .document()
        .map(document -> judge(input.key(), document))
        .orElseGet(() -> HealthReport.of(Health.UNKNOWN, "its content is not known"));
  }

  private static HealthReport judge(ResourceKey key, Document live) {
    if (live.at(DELETED).isPresent()) {
      return HealthReport.of(Health.TERMINATING, "it is being deleted");
    }
    OptionalLong generation = Condition.number(live.at(GENERATION));
    OptionalLong observed = Condition.number(live.at(OBSERVED));
    if (Condition.bothAndDiffer(generation, observed)) {
      return HealthReport.of(
          Health.PROGRESSING, "generation " + generation.getAsLong() + " is not observed yet");
    }
    Conditions conditions = new Conditions(live, generation);
    return conditions
        .report("Reconciling", is -> is.isTrue() ? Health.PROGRESSING : Health.HEALTHY)
        .or(() -> conditions.report("Stalled", ConditionHealth::stalled))
        .or(() -> conditions.report("Progressing", ConditionHealth::overdue))
        .or(() -> conditions.report("Available", ConditionHealth::available))
        .or(() -> conditions.report("Progressing", ConditionHealth::rollingOut))
        .or(() -> conditions.report("Ready", ConditionHealth::ready))
        .orElseGet(() -> withoutProblem(key, conditions));
  }

  private static Health stalled(Condition is) {
    return is.isTrue() ? Health.DEGRADED : Health.HEALTHY;
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
    return is.isTrue() || is.reason().equals("PodCompleted") ? Health.HEALTHY : Health.PROGRESSING;
  }

  private static HealthReport withoutProblem(ResourceKey key, Conditions conditions) {
    return !conditions.hasAny() && WITHOUT_CONDITIONS.contains(key.group() + "/" + key.kind())
        ? HealthReport.of(Health.UNKNOWN, "it has no condition to judge it by")
        : HealthReport.healthy();
  }
}
