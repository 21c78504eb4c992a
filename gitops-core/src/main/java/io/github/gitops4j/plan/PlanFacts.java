package io.github.gitops4j.plan;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.source.DesiredState;

/**
 * What a veto may look at.
 *
 * <p>Immutable.
 *
 * @param desired the desired state
 * @param inventory the inventory
 * @param policy the policy
 * @since 0.1.0
 */
public record PlanFacts(DesiredState desired, Inventory inventory, PlanPolicy policy) {
  /** Checks the parts. */
  public PlanFacts {
    requireNonNull(desired, "desired");
    requireNonNull(inventory, "inventory");
    requireNonNull(policy, "policy");
  }
}
