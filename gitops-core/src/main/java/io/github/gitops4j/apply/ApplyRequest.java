package io.github.gitops4j.apply;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.diff.IgnoreRule;
import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.source.DesiredState;
import java.util.List;

/**
 * What a session works with.
 *
 * <p>Immutable.
 *
 * @param plan the whole plan
 * @param desired where the declared content is loaded from
 * @param inventory the inventory as of before the first write
 * @param ignoreRules fields that do not count, and that are never overwritten
 * @since 0.1.0
 */
public record ApplyRequest(
    Plan plan, DesiredState desired, Inventory inventory, List<IgnoreRule> ignoreRules) {
  /** Checks the parts and copies the list. */
  public ApplyRequest {
    requireNonNull(plan, "plan");
    requireNonNull(desired, "desired");
    requireNonNull(inventory, "inventory");
    ignoreRules = List.copyOf(ignoreRules);
  }

  /** Creates a request in which every field counts. */
  public ApplyRequest(Plan plan, DesiredState desired, Inventory inventory) {
    this(plan, desired, inventory, List.of());
  }
}
