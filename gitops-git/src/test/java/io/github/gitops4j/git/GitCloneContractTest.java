package io.github.gitops4j.git;

import io.github.gitops4j.testkit.contract.Capability;
import io.github.gitops4j.testkit.contract.TreeSourceContract;
import io.github.gitops4j.testkit.contract.TreeSourceFixture;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class GitCloneContractTest extends TreeSourceContract {
  @TempDir Path temp;

  @Override
  protected TreeSourceFixture createFixture() {
    return new GitCloneFixture(temp);
  }

  @Override
  protected Map<Capability, String> lacking() {
    return Map.of(
        Capability.MEASURED_READS, "it is read where it was published",
        Capability.CREDENTIALS, "it takes none");
  }
}
