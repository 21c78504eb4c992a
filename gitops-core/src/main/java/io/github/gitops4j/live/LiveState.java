package io.github.gitops4j.live;

import io.github.gitops4j.resource.ResourceKey;
import java.util.function.Consumer;

/**
 * What was observed, as of one moment for each key.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public interface LiveState {
  /**
   * Returns what was seen of a key in the scope that was asked for.
   *
   * @throws IllegalArgumentException if the key was not in the scope
   */
  Observation observation(ResourceKey key);

  /**
   * Gives each resource that is there to the visitor, in no particular order; under {@link
   * Scope.Everything} this includes what nobody declared.
   */
  void forEachPresent(Consumer<LiveResource> visitor);
}
