package io.github.gitops4j.report;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.diff.Drift;
import io.github.gitops4j.resource.Keyed;
import io.github.gitops4j.resource.ResourceKey;

/**
 * How one resource differs between two sides.
 *
 * <p>Immutable.
 *
 * @param key the resource
 * @param drift how live differs from desired
 * @since 0.1.0
 */
public record Difference(ResourceKey key, Drift drift) implements Keyed {
  /** Checks the parts. */
  public Difference {
    requireNonNull(key, "key");
    requireNonNull(drift, "drift");
  }
}
