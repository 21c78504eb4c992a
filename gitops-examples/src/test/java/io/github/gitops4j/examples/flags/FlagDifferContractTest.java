package io.github.gitops4j.examples.flags;

import io.github.gitops4j.testkit.contract.DifferContract;
import io.github.gitops4j.testkit.contract.TargetFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FlagDifferContractTest extends DifferContract {
  @TempDir Path temp;

  @Override
  protected TargetFixture createFixture() {
    return new FlagFixture(temp);
  }
}
