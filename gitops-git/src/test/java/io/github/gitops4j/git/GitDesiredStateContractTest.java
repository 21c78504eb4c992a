package io.github.gitops4j.git;

import io.github.gitops4j.testkit.contract.DesiredStateContract;
import io.github.gitops4j.testkit.contract.DesiredStateFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class GitDesiredStateContractTest extends DesiredStateContract {
  @TempDir Path temp;

  @Override
  protected DesiredStateFixture createFixture() {
    return new GitStateFixture(temp);
  }
}
