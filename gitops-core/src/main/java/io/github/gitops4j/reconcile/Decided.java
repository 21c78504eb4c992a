package io.github.gitops4j.reconcile;

import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.source.DesiredEntry;
import io.github.gitops4j.source.DesiredState;
import java.util.List;

/**
 * A plan and what it was made of.
 *
 * @param plan the plan
 * @param desired the desired state
 * @param inventory the inventory as of before the first write
 * @param hooks what of the desired state is run and not kept
 */
record Decided(Plan plan, DesiredState desired, Inventory inventory, List<DesiredEntry> hooks) {}
