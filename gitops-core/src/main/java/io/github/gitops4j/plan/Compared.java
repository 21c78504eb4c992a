package io.github.gitops4j.plan;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.diff.Comparison;
import io.github.gitops4j.diff.Drift;
import io.github.gitops4j.resource.Keyed;
import io.github.gitops4j.resource.ResourceKey;

/**
 * The three sides of one key and how declared and live differ.
 *
 * <p>Immutable.
 *
 * @param comparison the three sides
 * @param drift how they differ
 * @since 0.1.0
 */
public record Compared(Comparison comparison, Drift drift) implements Keyed {
  /** Checks the parts. */
  public Compared {
    requireNonNull(comparison, "comparison");
    requireNonNull(drift, "drift");
  }

  @Override
  public ResourceKey key() {
    return comparison.key();
  }
}
