package io.github.gitops4j.live;

import io.github.gitops4j.resource.ResourceKey;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
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
   * Scope.Everything} this includes what nobody declared, as far as it is wanted.
   */
  void forEachPresent(Consumer<LiveResource> visitor);

  /**
   * Returns the number by which later looks know this one, or nothing if this provider does not
   * count its looks.
   */
  default OptionalLong generation() {
    return OptionalLong.empty();
  }

  /**
   * Returns the keys of which a look since then, of any scope, may have seen something else than
   * before, or nothing if that cannot be told. It spares the engine the comparison of what is as it
   * was.
   *
   * @param generation the number of an earlier look of this provider under {@link Scope.Everything}
   */
  default Optional<Set<ResourceKey>> changedSince(long generation) {
    return Optional.empty();
  }
}
