package io.github.gitops4j.reconcile;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.health.Health;
import io.github.gitops4j.health.HealthInput;
import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.live.LiveState;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.live.Scope;
import io.github.gitops4j.resource.ResourceKey;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
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
    return unhealthy(keys, Map.of(), since, call);
  }

  /**
   * Returns the reports of those that are neither healthy nor suspended on purpose.
   *
   * @param known some of them as they are now
   */
  SortedMap<ResourceKey, HealthReport> unhealthy(
      Set<ResourceKey> keys,
      Map<ResourceKey, LiveResource> known,
      Instant since,
      CallContext call) {
    SortedMap<ResourceKey, HealthReport> found = new TreeMap<>();
    Instant now = setup.clock.instant();
    known.forEach((key, live) -> assess(key, new Observation.Present(live), now, since, found));
    Set<ResourceKey> toLookAt = new HashSet<>(keys);
    toLookAt.removeAll(known.keySet());
    if (!toLookAt.isEmpty()) {
      LiveState live = setup.observe(Scope.keys(toLookAt), call);
      Instant seen = setup.clock.instant();
      toLookAt.forEach(key -> assess(key, Setup.observation(live, key), seen, since, found));
    }
    return found;
  }

  private void assess(
      ResourceKey key,
      Observation observation,
      Instant now,
      Instant since,
      SortedMap<ResourceKey, HealthReport> unhealthy) {
    HealthReport report = assess(new HealthInput(key, observation, now, since));
    if (report.health() != Health.HEALTHY && report.health() != Health.SUSPENDED) {
      unhealthy.put(key, report);
    }
  }

  HealthReport assess(HealthInput input) {
    try {
      return Setup.given("health assessor", setup.target.health().assess(input));
    } catch (RuntimeException e) {
      return HealthReport.of(Health.UNKNOWN, Failure.from(e).message());
    }
  }
}
