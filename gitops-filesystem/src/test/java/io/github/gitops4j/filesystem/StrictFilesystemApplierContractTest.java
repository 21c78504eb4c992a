package io.github.gitops4j.filesystem;

import io.github.gitops4j.testkit.contract.ApplierContract;
import io.github.gitops4j.testkit.contract.Capability;
import io.github.gitops4j.testkit.contract.TargetFixture;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class StrictFilesystemApplierContractTest extends ApplierContract {
  @TempDir Path temp;

  @Override
  protected TargetFixture createFixture() {
    return new FilesystemTargetFixture(temp, ReplaceStyle.STRICT);
  }

  @Override
  protected Map<Capability, String> lacking() {
    return Map.of(
        Capability.NEVER_ABSENT, "the old file is taken away first",
        Capability.SLOW_REMOVAL, "a file is gone when it is removed");
  }
}
