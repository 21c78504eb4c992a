package io.github.gitops4j.testkit.contract;

import java.util.Map;

class TreeDesiredStateSourceContractTest extends DesiredStateSourceContract {
  @Override
  protected DesiredStateFixture createFixture() {
    return new ManifestStateFixture();
  }

  @Override
  protected Map<Capability, String> lacking() {
    return Map.of(Capability.UNREACHABLE, "the heap is always there");
  }
}
