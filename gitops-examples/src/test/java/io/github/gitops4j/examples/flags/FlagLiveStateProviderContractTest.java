package io.github.gitops4j.examples.flags;

import io.github.gitops4j.testkit.contract.Capability;
import io.github.gitops4j.testkit.contract.LiveStateProviderContract;
import io.github.gitops4j.testkit.contract.TargetFixture;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class FlagLiveStateProviderContractTest extends LiveStateProviderContract {
  @TempDir Path temp;

  @Override
  protected TargetFixture createFixture() {
    return new FlagFixture(temp);
  }

  @Override
  protected Map<Capability, String> lacking() {
    return Map.of(Capability.UNREADABLE_RESOURCE, "the service gives all flags or none");
  }
}
