package io.github.gitops4j.testkit.contract;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.reconcile.ComposedTarget;
import io.github.gitops4j.reconcile.Ledger;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.testkit.InMemoryTarget;
import java.util.Map;

class InMemoryLedgerContractTest extends LedgerContract {
  @Override
  protected StoreFixture<Target> createFixture() {
    InMemoryTarget stores = InMemoryTarget.create();
    Target target = ComposedTarget.from(stores).ledger(new OneAfterTheOther(stores)).build();
    return () -> target;
  }

  @Override
  protected Map<Capability, String> lacking() {
    return Map.of(Capability.REOPEN, "the heap is all there is");
  }

  /** In memory nothing comes in between but another thread, of which the kit has none. */
  private record OneAfterTheOther(InMemoryTarget stores) implements Ledger {
    @Override
    public Inventory commit(long expectedSequence, Entry entry, CallContext call) {
      Inventory committed = stores.inventory().commit(expectedSequence, entry.changes(), call);
      for (HistoryEvent event : entry.events()) {
        stores.history().append(event, entry.time(), call);
      }
      return committed;
    }
  }
}
