package io.github.gitops4j.health;

import io.github.gitops4j.live.Observation;
import io.github.gitops4j.resource.ResourceKey;

/** Being there is being healthy. */
enum Presence implements HealthAssessor {
  INSTANCE;

  @Override
  public HealthReport assess(HealthInput input) {
    if (input.live() instanceof Observation.Present) {
      return HealthReport.healthy();
    }
    if (input.live() instanceof Observation.Unreadable unreadable) {
      return HealthReport.of(Health.UNKNOWN, unreadable.failure().message());
    }
    return HealthReport.of(Health.MISSING, "not there");
  }

  @Override
  public boolean judgesPresenceOnly(ResourceKey key) {
    return true;
  }
}
