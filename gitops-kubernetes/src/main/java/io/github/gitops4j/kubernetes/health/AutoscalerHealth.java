package io.github.gitops4j.kubernetes.health;

import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.health.HealthInput;
import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Value;
import io.github.gitops4j.source.JsonReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A HorizontalPodAutoscaler: whether it is able to scale. What it scales may come later than
 * itself, and have no metrics in its first minutes, so that it is not able counts only if it lasts.
 *
 * <p>One that is able to scale and cannot read its metrics is healthy: it keeps what it scales at
 * its size.
 */
final class AutoscalerHealth implements KindRule {
  private static final Duration TIME_TO_RECOVER = Duration.ofMinutes(5);

  /** Where version 1 has its conditions, as JSON. */
  private static final String ANNOTATION = "autoscaling.alpha.kubernetes.io/conditions";

  private static final Set<String> CANNOT =
      Set.of(
          "AmbiguousSelector",
          "FailedComputeMetricsReplicas",
          "FailedGetContainerResourceMetric",
          "FailedGetExternalMetric",
          "FailedGetObjectMetric",
          "FailedGetPodsMetric",
          "FailedGetResourceMetric",
          "FailedGetScale",
          "FailedUpdateScale",
          "InvalidMetricSourceType",
          "InvalidSelector");

  @Override
  public HealthReport judge(LiveView live, HealthInput input) {
    Conditions conditions = conditions(live);
    Optional<Condition> able = conditions.find("AbleToScale");
    if (able.filter(AutoscalerHealth::cannot).isPresent()) {
      return able.get().failing(TIME_TO_RECOVER, input);
    }
    if (able.filter(Condition::isTrue).isPresent()) {
      return HealthReport.healthy();
    }
    return conditions
        .find("ScalingActive")
        .filter(AutoscalerHealth::cannot)
        .map(is -> is.failing(TIME_TO_RECOVER, input))
        .or(() -> conditions.ifTrue("ScalingLimited").map(is -> HealthReport.healthy()))
        .orElseGet(() -> HealthReport.progressing("it has not scaled anything yet"));
  }

  private static boolean cannot(Condition is) {
    return CANNOT.contains(is.reason());
  }

  private static Conditions conditions(LiveView live) {
    String json = live.annotation(ANNOTATION);
    if (json.isEmpty()) {
      return live.conditions();
    }
    try {
      Value items =
          JsonReader.create().read(ANNOTATION, json.getBytes(StandardCharsets.UTF_8)).root();
      return new Conditions(
          LiveView.of(Mapping.builder().put("conditions", items).build()).items("conditions"));
    } catch (InvalidInputException e) {
      return new Conditions(List.of());
    }
  }
}
