package io.github.gitops4j.kubernetes.health;

import io.github.gitops4j.health.HealthInput;
import io.github.gitops4j.health.HealthReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Judges a custom resource. One without a status is not healthy at once, as its controller may not
 * have looked at it yet; but many kinds never have a status, so after a while it counts as healthy.
 */
final class CustomHealth implements KindRule {
  private static final Duration TIME_TO_REPORT = Duration.ofSeconds(10);

  private final KindRule conditions = new GenericHealth();

  @Override
  public HealthReport judge(LiveView live, HealthInput input) {
    if (live.hasAnyIn("status")) {
      return conditions.judge(live, input);
    }
    HealthReport waiting = HealthReport.progressing("it has no status yet");
    Optional<Instant> limit =
        live.time("metadata", "creationTimestamp").map(created -> created.plus(TIME_TO_REPORT));
    if (limit.isEmpty()) {
      return waiting;
    }
    return input.now().isBefore(limit.get()) ? waiting.until(limit.get()) : HealthReport.healthy();
  }
}
