package io.github.gitops4j.filesystem;

import io.github.gitops4j.apply.TargetLock;
import io.github.gitops4j.call.Pause;
import io.github.gitops4j.testkit.contract.LockFixture;
import io.github.gitops4j.testkit.contract.TargetLockContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileTargetLockContractTest extends TargetLockContract {
  @TempDir Path temp;

  @Override
  protected LockFixture createFixture() {
    return this::lock;
  }

  private TargetLock lock(String target, Pause pause) {
    try {
      Path root = Files.createDirectories(temp.resolve(target));
      return FilesystemTarget.builder(root).pause(pause).build().lock();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
