package io.github.gitops4j.examples.flags;

import io.github.gitops4j.testkit.contract.TargetContract;
import io.github.gitops4j.testkit.contract.TargetFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FlagTargetContractTest extends TargetContract {
  @TempDir Path temp;

  @Override
  protected TargetFixture createFixture() {
    return new FlagFixture(temp);
  }
}
