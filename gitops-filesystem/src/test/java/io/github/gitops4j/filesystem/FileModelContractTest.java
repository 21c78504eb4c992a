package io.github.gitops4j.filesystem;

import io.github.gitops4j.testkit.contract.Capability;
import io.github.gitops4j.testkit.contract.ResourceModelContract;
import io.github.gitops4j.testkit.contract.ResourceModelFixture;
import java.util.Map;

class FileModelContractTest extends ResourceModelContract {
  @Override
  protected ResourceModelFixture createFixture() {
    return new FileModelFixture();
  }

  @Override
  protected Map<Capability, String> lacking() {
    return Map.of(Capability.DUPLICATE_KEYS, "the path is the key");
  }
}
