package io.github.gitops4j.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.apply.TargetLock;
import io.github.gitops4j.testkit.ManualClock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
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

  @Test
  void aFullDiskLeavesItFree() throws IOException {
    ManualClock clock = ManualClock.create();
    TargetLock lock = FilesystemTarget.builder(root).pause(clock).build().lock();
    lock.acquire(clock.callWithin(Duration.ofMinutes(1))).close();
    Path file = root.resolve(".gitops/lock");
    Files.delete(file);
    Files.createSymbolicLink(file, Path.of("/dev/full"));
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> lock.acquire(clock.callWithin(Duration.ofMinutes(1))))
          .hasMessageContaining("locking failed: No space left on device");
    }
    Files.delete(file);
    lock.acquire(clock.callWithin(Duration.ofMinutes(1))).close();
  }

  @Test
  void aHolderThatHasNotSaidWhoItIsIsSomebodyUnknown() throws IOException {
    ManualClock clock = ManualClock.create();
    TargetLock lock = FilesystemTarget.builder(root).pause(clock).build().lock();
    lock.acquire(clock.callWithin(Duration.ofMinutes(1))).close();
    try (FileChannel other =
            FileChannel.open(root.resolve(".gitops/lock"), StandardOpenOption.WRITE);
        FileLock held = other.lock()) {
      other.truncate(0);
      assertThatThrownBy(() -> lock.acquire(clock.callWithin(Duration.ofMinutes(1))))
          .hasMessageEndingWith("locking failed: held by somebody unknown");
      assertThat(held.acquiredBy()).isEqualTo(other);
    }
  }

  @Test
  void theLockOfADeadProcessIsFree() throws IOException {
    Scene scene = new Scene(root);
    scene.source.commit("first", files -> files.put("a", "1"));
    assertThat(scene.pass().failures()).isEmpty();
    Path file = root.resolve(".gitops/lock");
    // Its text says who had it; that there is a text, or a file, does not mean that it is held.
    Files.writeString(file, "process 2147483647 of 2020-01-01T00:00:00Z");
    scene.source.commit("second", files -> files.put("a", "2"));
    scene.restart();
    assertThat(scene.pass().failures()).isEmpty();
    assertThat(scene.files()).isEqualTo(Map.of("a", "2"));
    assertThat(file).content().contains("process " + ProcessHandle.current().pid());
  }
}
