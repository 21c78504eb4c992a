package io.github.gitops4j.gate;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.plan.Plan;
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
 * @param standing how the target stands
 * @param hooks what is declared to be run and not kept, also if it is not in the plan, as it is run
 *     only if the operation fails
 * @param others the other applications
 * @since 0.1.0
 */
public record GateFacts(
    Instant now,
    Provenance provenance,
    Set<ContentDigest> approvals,
    Standing standing,
    Set<ResourceKey> hooks,
    OtherApplications others) {
  /** Copies the sets. */
  public GateFacts {
    requireNonNull(now, "now");
    requireNonNull(provenance, "provenance");
    approvals = Set.copyOf(approvals);
    requireNonNull(standing, "standing");
    hooks = Set.copyOf(hooks);
    requireNonNull(others, "others");
  }

  /** Says whether somebody approved a plan by its digest. */
  public boolean isApproved(Plan plan) {
    return approvals.contains(plan.digest());
  }
}
