package io.github.gitops4j.kubernetes.health;

import io.github.gitops4j.health.HealthInput;
import io.github.gitops4j.health.HealthReport;
import java.time.Instant;
import java.util.Optional;

/**
 * A CronJob: what it is there for is to start Jobs, so it is healthy at once, suspended or not, and
 * as long as no run of what is declared now has failed.
 */
final class CronJobHealth implements KindRule {
  @Override
  public HealthReport judge(LiveView live, HealthInput input) {
    if (live.isTrue("spec", "suspend") || live.hasAnyIn("status", "active")) {
      return HealthReport.healthy();
    }
    Optional<Instant> started = live.time("status", "lastScheduleTime");
    Optional<Instant> succeeded = live.time("status", "lastSuccessfulTime");
    return started.isPresent()
            && succeeded.isPresent()
            && succeeded.get().isBefore(started.get())
            && input.firstSeen().isBefore(started.get())
        ? HealthReport.degraded("its last run, of " + started.get() + ", did not succeed")
        : HealthReport.healthy();
  }
}
