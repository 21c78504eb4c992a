package io.github.gitops4j.reconcile;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.health.Health;
import io.github.gitops4j.health.HealthInput;
import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.live.LiveState;
import io.github.gitops4j.live.Scope;
import io.github.gitops4j.resource.ResourceKey;
import java.time.Instant;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Looks which of some resources are not healthy. */
final class Healthy {
  private final Setup setup;

  Healthy(Setup setup) {
    this.setup = setup;
  }

  /** Returns the reports of those that are neither healthy nor suspended on purpose. */
  SortedMap<ResourceKey, HealthReport> unhealthy(
      Set<ResourceKey> keys, Instant since, CallContext call) {
    SortedMap<ResourceKey, HealthReport> found = new TreeMap<>();
    if (keys.isEmpty()) {
      return found;
    }
    LiveState live = setup.read(() -> setup.target.live().observe(Scope.keys(keys), call), call);
    Instant now = setup.clock.instant();
    for (ResourceKey key : keys) {
      HealthReport report = assess(new HealthInput(key, live.observation(key), now, since));
      if (report.health() != Health.HEALTHY && report.health() != Health.SUSPENDED) {
        found.put(key, report);
      }
    }
    return found;
  }

  HealthReport assess(HealthInput input) {
    try {
      return setup.target.health().assess(input);
    } catch (RuntimeException e) {
      return HealthReport.of(Health.UNKNOWN, Failure.from(e).message());
    }
  }
}
