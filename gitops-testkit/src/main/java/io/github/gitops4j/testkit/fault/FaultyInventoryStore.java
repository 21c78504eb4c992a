package io.github.gitops4j.testkit.fault;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.inventory.InventoryChange;
import io.github.gitops4j.inventory.InventoryStore;
import java.util.List;

/** An inventory that goes wrong by a plan. */
record FaultyInventoryStore(InventoryStore store, FaultPlan faults) implements InventoryStore {
  @Override
  public Inventory read(CallContext call) {
    faults.pass(InjectionPoint.BEFORE_READ, call);
    return store.read(call);
  }

  @Override
  public Inventory commit(long expectedSequence, List<InventoryChange> changes, CallContext call) {
    faults.pass(InjectionPoint.BEFORE_COMMIT, call);
    Inventory committed = store.commit(expectedSequence, changes, call);
    faults.pass(InjectionPoint.AFTER_COMMIT, call);
    return committed;
  }
}
