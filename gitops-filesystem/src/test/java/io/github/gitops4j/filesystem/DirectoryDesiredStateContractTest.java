package io.github.gitops4j.filesystem;

import io.github.gitops4j.testkit.contract.DesiredStateContract;
import io.github.gitops4j.testkit.contract.DesiredStateFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DirectoryDesiredStateContractTest extends DesiredStateContract {
  @TempDir Path temp;

  @Override
  protected DesiredStateFixture createFixture() {
    return new DirectoryStateFixture(temp);
  }
}
