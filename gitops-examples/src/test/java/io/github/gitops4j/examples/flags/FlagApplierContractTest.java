package io.github.gitops4j.examples.flags;

import io.github.gitops4j.testkit.contract.ApplierContract;
import io.github.gitops4j.testkit.contract.Capability;
import io.github.gitops4j.testkit.contract.TargetFixture;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class FlagApplierContractTest extends ApplierContract {
  @TempDir Path temp;

  @Override
  protected TargetFixture createFixture() {
    return new FlagFixture(temp);
  }

  @Override
  protected Map<Capability, String> lacking() {
    return Map.of(Capability.SLOW_REMOVAL, "a flag is gone when it is removed");
  }
}
