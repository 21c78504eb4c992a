package io.github.gitops4j.filesystem;

import io.github.gitops4j.testkit.contract.Capability;
import io.github.gitops4j.testkit.contract.TreeSourceContract;
import io.github.gitops4j.testkit.contract.TreeSourceFixture;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class DirectorySourceContractTest extends TreeSourceContract {
  @TempDir Path temp;

  @Override
  protected TreeSourceFixture createFixture() {
    return new DirectorySourceFixture(temp);
  }

  @Override
  protected Map<Capability, String> lacking() {
    return Map.of(
        Capability.PAST_REVISIONS, "a directory has no history",
        Capability.CREDENTIALS, "it takes none");
  }
}
