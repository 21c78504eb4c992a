package io.github.gitops4j.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.control.Shards;
import io.github.gitops4j.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockFileShardsTest {
  private final ManualClock clock = ManualClock.create();
  private final AtomicInteger moves = new AtomicInteger();
  @TempDir private Path directory;

  private LockFileShards shards() {
    return LockFileShards.at(directory.resolve("lock"), Runnable::run, clock);
  }

  @Test
  void whoHasTheLockHasEverythingUntilItGivesItUp() {
    LockFileShards first = shards();
    LockFileShards second = shards();
    assertThat(first.isMine("shop")).isFalse();
    Shards.Taking one = first.begin(moves::incrementAndGet);
    clock.advance(Duration.ofMillis(1));
    assertThat(first.isMine("shop")).isTrue();
    assertThat(moves).hasValue(1);

    Shards.Taking two = second.begin(moves::incrementAndGet);
    clock.advance(Duration.ofSeconds(5));
    assertThat(second.isMine("shop")).isFalse();
    assertThat(moves).hasValue(1);

    one.close();
    assertThat(first.isMine("shop")).isFalse();
    clock.advance(Duration.ofSeconds(1));
    assertThat(second.isMine("shop")).isTrue();
    assertThat(moves).hasValue(2);
    two.close();
  }

  @Test
  void whoWaitsMayGiveUp() {
    Shards.Taking one = shards().begin(() -> {});
    clock.advance(Duration.ofMillis(1));
    LockFileShards second = shards();
    second.begin(moves::incrementAndGet).close();
    one.close();
    clock.advance(Duration.ofSeconds(10));
    assertThat(second.isMine("shop")).isFalse();
    assertThat(moves).hasValue(0);
  }

  @Test
  void aDirectoryThatIsNotThereIsWaitedFor() throws IOException {
    Path missing = directory.resolve("later");
    LockFileShards shards = LockFileShards.at(missing.resolve("lock"), Runnable::run, clock);
    Shards.Taking taking = shards.begin(moves::incrementAndGet);
    clock.advance(Duration.ofSeconds(3));
    assertThat(shards.isMine("shop")).isFalse();
    Files.createDirectory(missing);
    clock.advance(Duration.ofSeconds(1));
    assertThat(shards.isMine("shop")).isTrue();
    taking.close();
  }
}
