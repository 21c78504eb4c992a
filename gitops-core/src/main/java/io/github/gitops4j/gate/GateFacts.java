package io.github.gitops4j.gate;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.Provenance;
import java.time.Instant;
import java.util.Set;

/**
 * What a gate may look at beside the plan.
 *
 * <p>Immutable.
 *
 * @param now the time
 * @param provenance who made the revision
 * @param approvals digests of plans that somebody approved
 * @param owned number of resources in the inventory
 * @param going what an earlier pass asked to go, which is still there
 * @since 0.1.0
 */
public record GateFacts(
    Instant now,
    Provenance provenance,
    Set<ContentDigest> approvals,
    int owned,
    Set<ResourceKey> going) {
  /** Copies the sets. */
  public GateFacts {
    requireNonNull(now, "now");
    requireNonNull(provenance, "provenance");
    approvals = Set.copyOf(approvals);
    going = Set.copyOf(going);
  }
}
