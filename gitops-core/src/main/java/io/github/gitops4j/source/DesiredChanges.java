package io.github.gitops4j.source;

import io.github.gitops4j.resource.ResourceKey;
import java.util.Set;

/**
 * Which resources differ between two desired states, if that is known.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public sealed interface DesiredChanges permits DesiredChanges.Known, DesiredChanges.Unknown {

  /**
   * No resource outside these differs; one inside may be equal.
   *
   * @param keys keys of what was added, removed or changed
   */
  record Known(Set<ResourceKey> keys) implements DesiredChanges {
    /** Copies the set. */
    public Known {
      keys = Set.copyOf(keys);
    }
  }

  /** Anything may differ. */
  record Unknown() implements DesiredChanges {}
}
