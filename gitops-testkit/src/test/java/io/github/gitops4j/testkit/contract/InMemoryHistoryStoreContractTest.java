package io.github.gitops4j.testkit.contract;

import io.github.gitops4j.history.HistoryStore;
import io.github.gitops4j.testkit.InMemoryHistoryStore;
import java.util.Map;

class InMemoryHistoryStoreContractTest extends HistoryStoreContract {
  @Override
  protected StoreFixture<HistoryStore> createFixture() {
    InMemoryHistoryStore store = new InMemoryHistoryStore();
    return () -> store;
  }

  @Override
  protected Map<Capability, String> lacking() {
    return Map.of(
        Capability.REOPEN, "the heap is all there is",
        Capability.TORN_WRITE, "an append is one assignment",
        Capability.DAMAGE, "nobody else can reach the records");
  }
}
