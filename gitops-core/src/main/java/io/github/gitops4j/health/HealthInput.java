package io.github.gitops4j.health;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.live.Observation;
import io.github.gitops4j.resource.ResourceKey;
import java.time.Instant;

/**
 * What a health rule may look at.
 *
 * <p>Immutable.
 *
 * @param key the resource
 * @param live what was observed
 * @param now the time of the assessment
 * @param firstSeen since when this state is being waited for
 * @since 0.1.0
 */
public record HealthInput(ResourceKey key, Observation live, Instant now, Instant firstSeen) {
  /** Checks the parts. */
  public HealthInput {
    requireNonNull(key, "key");
    requireNonNull(live, "live");
    requireNonNull(now, "now");
    requireNonNull(firstSeen, "firstSeen");
  }
}
