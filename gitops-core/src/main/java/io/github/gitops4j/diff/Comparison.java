package io.github.gitops4j.diff;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.inventory.InventoryRecord;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.resource.Keyed;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.DesiredEntry;
import java.util.Optional;

/**
 * The three sides of one key: declared, live, and applied before.
 *
 * <p>Immutable.
 *
 * @param key the key
 * @param desired what is declared, if anything is
 * @param live what was observed
 * @param base what the inventory holds, if we own it
 * @since 0.1.0
 */
public record Comparison(
    ResourceKey key,
    Optional<DesiredEntry> desired,
    Observation live,
    Optional<InventoryRecord> base)
    implements Keyed {
  /** Checks the parts. */
  public Comparison {
    requireNonNull(key, "key");
    requireNonNull(desired, "desired");
    requireNonNull(live, "live");
    requireNonNull(base, "base");
  }
}
