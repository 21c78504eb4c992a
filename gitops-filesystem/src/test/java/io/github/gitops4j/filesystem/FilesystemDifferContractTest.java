package io.github.gitops4j.filesystem;

import io.github.gitops4j.testkit.contract.Capability;
import io.github.gitops4j.testkit.contract.DifferContract;
import io.github.gitops4j.testkit.contract.TargetFixture;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class FilesystemDifferContractTest extends DifferContract {
  @TempDir Path temp;

  @Override
  protected TargetFixture createFixture() {
    return new FilesystemTargetFixture(temp);
  }

  @Override
  protected Map<Capability, String> lacking() {
    return Map.of(Capability.FIELDS, "a file is opaque");
  }
}
