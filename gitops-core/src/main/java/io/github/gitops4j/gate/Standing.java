package io.github.gitops4j.gate;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.ResourceKey;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * How a target stands before a plan is run.
 *
 * <p>Immutable.
 *
 * @param owned number of resources in the inventory
 * @param going what an earlier pass asked to go, which is still there
 * @param begun when the operation began that the plan goes on with; empty if the plan begins one
 * @since 0.1.0
 */
public record Standing(int owned, Set<ResourceKey> going, Optional<Instant> begun) {
  /** Copies the set. */
  public Standing {
    going = Set.copyOf(going);
    requireNonNull(begun, "begun");
  }
}
