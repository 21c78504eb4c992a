package io.github.gitops4j.testkit.contract;

import io.github.gitops4j.inventory.InventoryStore;
import io.github.gitops4j.testkit.InMemoryInventoryStore;
import java.util.Map;

class InMemoryInventoryStoreContractTest extends InventoryStoreContract {
  @Override
  protected StoreFixture<InventoryStore> createFixture() {
    InMemoryInventoryStore store = InMemoryInventoryStore.ownedBy("test");
    return new StoreFixture<>() {
      @Override
      public InventoryStore store() {
        return store;
      }

      @Override
      public InventoryStore damage(long position) {
        store.makeUnreadable();
        return store;
      }
    };
  }

  @Override
  protected Map<Capability, String> lacking() {
    return Map.of(
        Capability.REOPEN, "the heap is all there is",
        Capability.TORN_WRITE, "a commit is one assignment",
        Capability.MEASURED_SIZE, "no bytes are kept");
  }
}
