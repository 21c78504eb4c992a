package io.github.gitops4j.filesystem;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.apply.TargetLock;
import io.github.gitops4j.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTargetLockTest {
  @TempDir Path root;

  @Test
  void givingBackTwiceLeavesTheMarkOfTheNextHolderInThisProcess() {
    ManualClock clock = ManualClock.create();
    TargetLock lock = FilesystemTarget.builder(root).pause(clock).build().lock();
    TargetLock.Held first = lock.acquire(clock.callWithin(Duration.ofMinutes(1)));
    first.close();
    try (TargetLock.Held second = lock.acquire(clock.callWithin(Duration.ofMinutes(1)))) {
      first.close();
      // Without its mark the file would be opened again, which loses the lock to other processes.
      assertThatThrownBy(() -> lock.acquire(clock.callWithin(Duration.ofMinutes(1))))
          .hasMessageEndingWith("held by another pass in this process");
    }
  }
}
