package io.github.gitops4j.filesystem;

import io.github.gitops4j.testkit.contract.Capability;
import io.github.gitops4j.testkit.contract.SourceTreeContract;
import io.github.gitops4j.testkit.contract.TreeSourceFixture;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class DirectoryTreeContractTest extends SourceTreeContract {
  private static final boolean LINUX = System.getProperty("os.name", "").equals("Linux");

  @TempDir Path temp;

  @Override
  protected TreeSourceFixture createFixture() {
    return new DirectorySourceFixture(temp);
  }

  @Override
  protected Map<Capability, String> lacking() {
    return LINUX
        ? Map.of()
        : Map.of(Capability.HOSTILE_NAMES, "only file systems of Linux take them all");
  }
}
