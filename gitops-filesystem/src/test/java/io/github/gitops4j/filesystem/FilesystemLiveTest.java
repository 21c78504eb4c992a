package io.github.gitops4j.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.live.LiveState;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.live.Scope;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.FileMode;
import io.github.gitops4j.resource.ResourceKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is remembered of files, and when it is not trusted. */
class FilesystemLiveTest extends FilesystemLooks {
  @Test
  void doesNotReadAnUntouchedFileAgain() throws IOException {
    write("a", "1");
    write("sub/b", "2");
    everything();
    reads.clear();
    LiveState again = everything();
    assertThat(reads.digests).isEmpty();
    assertThat(names(again)).containsExactly("a", "sub/b");
  }

  @Test
  void readsNoFileThatNobodyWants() throws IOException {
    Path ours = write("ours", "1");
    write("theirs/log", "1");
    LiveState some = wanted("ours");
    assertThat(reads.digests).containsExactly(ours);
    assertThat(names(some)).containsExactly("ours");
    assertThatThrownBy(() -> some.observation(ResourceKey.file("theirs/log")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(some.observation(ResourceKey.file("theirs")))
        .as("it would be in the way")
        .isInstanceOf(Observation.Present.class);
    reads.clear();
    write("theirs/log", "12");
    assertThat(names(wanted("ours", "theirs/log"))).containsExactly("ours", "theirs/log");
    assertThat(reads.digests).containsExactly(root.resolve("theirs/log"));
  }

  private LiveState wanted(String... names) {
    Set<String> all = Set.of(names);
    return live.observe(
        Scope.everything(Set.of(), key -> all.contains(key.name()) || key.name().equals("theirs")),
        CallContext.unbounded());
  }

  @Test
  void readsAFileThatChangedShortlyBeforeTheLastLook() throws IOException {
    Path file = write("a", "1");
    clock.jumpTo(FileStatTimes.changed(file).plusMillis(500));
    everything();
    reads.clear();
    everything();
    assertThat(reads.digests).containsExactly(file);
  }

  @Test
  void trustsNoFileNewerThanTheTimeOfTheFileSystemItself() throws IOException {
    Path state = Files.createDirectory(root.resolve(".gitops"));
    Files.writeString(state.resolve("lock"), "held");
    Path file = write("a", "1");
    everything();
    reads.clear();
    everything();
    assertThat(reads.digests).containsExactly(file);
  }

  @Test
  void aClockThatJumpsBackMakesFilesBeReadAgain() throws IOException {
    Path file = write("a", "1");
    clock.jumpTo(Instant.now().minus(Duration.ofDays(2)));
    everything();
    write("a", "2");
    assertThat(present("a").digest()).isEqualTo(digest("2"));
    reads.clear();
    everything();
    assertThat(reads.digests).containsExactly(file);
  }

  @Test
  void noticesAnEditWhoseTimeWasSetBack() throws IOException {
    Path file = write("a", "old");
    FileTime time = Files.getLastModifiedTime(file);
    final LiveResource before = present("a");
    Files.writeString(file, "new");
    Files.setLastModifiedTime(file, time);
    assertThat(present("a").digest()).isNotEqualTo(before.digest());
    assertThat(present("a").token()).isNotEqualTo(before.token());
    Files.writeString(file, "old");
    assertThat(present("a").digest()).isEqualTo(before.digest());
  }

  @Test
  void noticesAFileReplacedByAnotherOfTheSameSizeAndTime() throws IOException {
    Path file = write("a", "old");
    FileTime time = Files.getLastModifiedTime(file);
    everything();
    Path other = Files.writeString(root.resolve("other"), "new");
    Files.setLastModifiedTime(other, time);
    Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
    assertThat(present("a").digest()).isEqualTo(digest("new"));
  }

  @Test
  void noticesTheExecutableBit() throws IOException {
    Path file = write("a", "1");
    final LiveResource before = present("a");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    assertThat(present("a").digest()).isNotEqualTo(before.digest());
    assertThat(file.toFile().setExecutable(false)).isTrue();
    assertThat(present("a").digest()).isEqualTo(before.digest());
  }

  private static ContentDigest digest(String content) {
    return FileDigests.of(
        FileMode.REGULAR, FileDigests.blobId(content.getBytes(StandardCharsets.UTF_8)));
  }

  /** The change time of a file. */
  private static final class FileStatTimes {
    private static Instant changed(Path file) throws IOException {
      long nanos = FileStat.of(file).changed();
      return Instant.ofEpochSecond(nanos / 1_000_000_000L, nanos % 1_000_000_000L);
    }
  }
}
