package io.github.gitops4j.filesystem;

import io.github.gitops4j.testkit.contract.ChangeFeedContract;
import io.github.gitops4j.testkit.contract.TargetFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileChangesContractTest extends ChangeFeedContract {
  @TempDir Path temp;

  @Override
  protected TargetFixture createFixture() {
    return FilesystemTargetFixture.watched(temp);
  }
}
