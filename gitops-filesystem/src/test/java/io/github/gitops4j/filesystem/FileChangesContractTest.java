package io.github.gitops4j.filesystem;

import io.github.gitops4j.testkit.contract.Capability;
import io.github.gitops4j.testkit.contract.ChangeFeedContract;
import io.github.gitops4j.testkit.contract.TargetFixture;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class FileChangesContractTest extends ChangeFeedContract {
  @Override
  protected Map<Capability, String> lacking() {
    return Map.of(
        Capability.LISTENED_FEED, "the watch of a directory is read when the feed is drained");
  }

  @TempDir Path temp;

  @Override
  protected TargetFixture createFixture() {
    return FilesystemTargetFixture.watched(temp);
  }
}
