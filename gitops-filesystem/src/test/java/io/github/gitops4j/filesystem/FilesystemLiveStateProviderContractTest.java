package io.github.gitops4j.filesystem;

import io.github.gitops4j.testkit.contract.LiveStateProviderContract;
import io.github.gitops4j.testkit.contract.TargetFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FilesystemLiveStateProviderContractTest extends LiveStateProviderContract {
  @TempDir Path temp;

  @Override
  protected TargetFixture createFixture() {
    return new FilesystemTargetFixture(temp);
  }
}
