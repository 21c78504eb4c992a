package io.github.gitops4j.testkit.contract;

import java.util.Map;

class InMemoryTreeSourceContractTest extends TreeSourceContract {
  @Override
  protected TreeSourceFixture createFixture() {
    return new InMemoryTreeSourceFixture();
  }

  @Override
  protected Map<Capability, String> lacking() {
    return Map.of(
        Capability.UNREACHABLE, "the heap is always there",
        Capability.MEASURED_READS, "nothing is read to find the latest commit",
        Capability.CREDENTIALS, "it takes none");
  }
}
