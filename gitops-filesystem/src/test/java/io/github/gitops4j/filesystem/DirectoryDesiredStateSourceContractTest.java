package io.github.gitops4j.filesystem;

import io.github.gitops4j.testkit.contract.DesiredStateFixture;
import io.github.gitops4j.testkit.contract.DesiredStateSourceContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DirectoryDesiredStateSourceContractTest extends DesiredStateSourceContract {
  @TempDir Path temp;

  @Override
  protected DesiredStateFixture createFixture() {
    return new DirectoryStateFixture(temp);
  }
}
