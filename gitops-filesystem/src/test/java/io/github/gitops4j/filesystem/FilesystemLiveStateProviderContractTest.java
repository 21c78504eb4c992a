package io.github.gitops4j.filesystem;

import io.github.gitops4j.testkit.contract.Capability;
import io.github.gitops4j.testkit.contract.LiveStateProviderContract;
import io.github.gitops4j.testkit.contract.TargetFixture;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class FilesystemLiveStateProviderContractTest extends LiveStateProviderContract {
  @TempDir Path temp;

  @Override
  protected TargetFixture createFixture() {
    return new FilesystemTargetFixture(temp);
  }

  @Override
  protected Map<Capability, String> lacking() {
    return Map.of(
        Capability.UNREADABLE_RESOURCE, "permissions do not stop the superuser of a container");
  }
}
