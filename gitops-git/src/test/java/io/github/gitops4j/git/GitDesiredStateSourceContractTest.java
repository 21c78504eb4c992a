package io.github.gitops4j.git;

import io.github.gitops4j.testkit.contract.DesiredStateFixture;
import io.github.gitops4j.testkit.contract.DesiredStateSourceContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class GitDesiredStateSourceContractTest extends DesiredStateSourceContract {
  @TempDir Path temp;

  @Override
  protected DesiredStateFixture createFixture() {
    return new GitStateFixture(temp);
  }
}
