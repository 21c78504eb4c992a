package io.github.gitops4j.git;

import io.github.gitops4j.testkit.contract.SourceTreeContract;
import io.github.gitops4j.testkit.contract.TreeSourceFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class ShallowGitSourceTreeContractTest extends SourceTreeContract {
  @TempDir Path temp;

  @Override
  protected TreeSourceFixture createFixture() {
    return GitSourceFixture.shallow(temp);
  }
}
