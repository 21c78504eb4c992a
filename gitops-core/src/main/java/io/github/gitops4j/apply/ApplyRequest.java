package io.github.gitops4j.apply;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.source.DesiredState;

/**
 * What a session works with.
 *
 * <p>Immutable.
 *
 * @param plan the whole plan
 * @param desired where the declared content is loaded from
 * @param inventory the inventory as of before the first write
 * @since 0.1.0
 */
public record ApplyRequest(Plan plan, DesiredState desired, Inventory inventory) {
  /** Checks the parts. */
  public ApplyRequest {
    requireNonNull(plan, "plan");
    requireNonNull(desired, "desired");
    requireNonNull(inventory, "inventory");
  }
}
