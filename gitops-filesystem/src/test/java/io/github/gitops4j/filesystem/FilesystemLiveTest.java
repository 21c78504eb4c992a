package io.github.gitops4j.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.Cancellation;
import io.github.gitops4j.error.CallException;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.LiveStateException;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.live.LiveState;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.live.Scope;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.FileMode;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.testkit.ManualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesystemLiveTest {
  @TempDir Path root;
  private final CountedReads reads = new CountedReads();
  // An hour from now: everything that the test writes is old.
  private final ManualClock clock = ManualClock.at(Instant.now().plus(Duration.ofHours(1)));
  private FilesystemLive live;

  @BeforeEach
  void open() {
    live = live(Crew.ALONE);
  }

  private FilesystemLive live(Crew crew) {
    StateDirectory state = new StateDirectory(root, new JdkDisk());
    StatCache none = new StatCache(state, "", () -> false);
    return new FilesystemLive(state, clock, reads, crew, new Sharing(), none);
  }

  private LiveState everything() {
    return live.observe(Scope.everything(), CallContext.unbounded());
  }

  private Observation only(String name) {
    ResourceKey key = ResourceKey.file(name);
    return live.observe(Scope.keys(Set.of(key)), CallContext.unbounded()).observation(key);
  }

  /** Returns what is seen of a name; both ways of looking must agree. */
  private Observation seen(String name) {
    Observation whole = everything().observation(ResourceKey.file(name));
    Observation one = only(name);
    assertThat(one.getClass()).isEqualTo(whole.getClass());
    if (one instanceof Observation.Present present) {
      assertThat(present).isEqualTo(whole);
    }
    return whole;
  }

  private LiveResource present(String name) {
    return ((Observation.Present) seen(name)).resource();
  }

  private static List<String> names(LiveState state) {
    List<String> names = new ArrayList<>();
    state.forEachPresent(resource -> names.add(resource.key().name()));
    names.sort(null);
    return names;
  }

  private Path write(String name, String content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  @Nested
  class Remembering {
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
          Scope.everything(
              Set.of(), key -> all.contains(key.name()) || key.name().equals("theirs")),
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
  }

  @Nested
  class Doubt {
    @Test
    void aFileThatCannotBeReadIsUnreadableAndHidesNoOther() throws IOException {
      Path file = write("a", "1");
      write("b", "2");
      reads.before(
          file,
          () -> {
            throw new AccessDeniedException("a");
          });
      assertThat(seen("a"))
          .isInstanceOfSatisfying(
              Observation.Unreadable.class,
              found -> assertThat(found.failure().category()).isEqualTo(FailureCategory.FORBIDDEN));
      assertThat(seen("b")).isInstanceOf(Observation.Present.class);
    }

    @Test
    void nothingBelowAnUnreadableDirectoryIsAbsent() throws IOException {
      write("sub/deep/a", "1");
      write("b", "2");
      reads.before(
          root.resolve("sub"),
          () -> {
            throw new AccessDeniedException("sub");
          });
      LiveState state = everything();
      assertThat(state.observation(ResourceKey.file("sub/deep/a")))
          .isInstanceOf(Observation.Unreadable.class);
      assertThat(state.observation(ResourceKey.file("sub/never-there")))
          .isInstanceOf(Observation.Unreadable.class);
      assertThat(names(state)).containsExactly("b");
    }

    @Test
    void aRootThatCannotBeListedIsNoEmptyRoot() {
      reads.before(
          root,
          () -> {
            throw new AccessDeniedException("root");
          });
      assertThatThrownBy(() -> everything()).isInstanceOf(LiveStateException.class);
    }

    @Test
    void aRootThatIsAFileIsNoEmptyRoot() throws IOException {
      Path file = Files.writeString(root.resolveSibling(root.getFileName() + "-file"), "x");
      assertNoRoot(file, FailureCategory.NOT_FOUND);
      assertNoRoot(
          Files.createSymbolicLink(root.resolve("to-file"), file), FailureCategory.NOT_FOUND);
      Files.delete(file);
      assertNoRoot(root.resolve("to-file"), FailureCategory.NOT_FOUND);
      Path loop = root.resolve("loop");
      assertNoRoot(Files.createSymbolicLink(loop, loop), FailureCategory.NOT_FOUND);
    }

    @Test
    void aRootThatMayNotBeReadIsNoEmptyRoot() throws IOException {
      write("a", "1");
      reads.before(
          root,
          () -> {
            throw new AccessDeniedException(root.toString());
          });
      assertNoRoot(root, FailureCategory.FORBIDDEN);
    }

    private void assertNoRoot(Path place, FailureCategory category) {
      FilesystemTarget target = FilesystemTarget.builder(place).reads(reads).build();
      assertThatThrownBy(() -> target.live().observe(Scope.everything(), CallContext.unbounded()))
          .isInstanceOfSatisfying(
              LiveStateException.class,
              thrown -> assertThat(thrown.failure().category()).isEqualTo(category));
    }

    @Test
    void aRootThatVanishesDuringTheWalkIsNoEmptyRoot() {
      reads.before(
          root,
          () -> {
            throw new NoSuchFileException("root");
          });
      assertThatThrownBy(() -> everything()).isInstanceOf(LiveStateException.class);
    }

    @Test
    void aRootWithoutItsMarkerIsNotTheRoot() throws IOException {
      new StateDirectory(root, new JdkDisk()).initialise();
      write("a", "1");
      everything();
      Files.move(root.resolve(".gitops"), root.resolve("elsewhere"));
      assertThatThrownBy(() -> everything())
          .isInstanceOf(LiveStateException.class)
          .hasMessageContaining("not the root it was");
      assertThatThrownBy(() -> only("a")).isInstanceOf(LiveStateException.class);
    }

    @Test
    void aFileThatChangesWhileItIsReadIsUnreadable() throws IOException {
      Path file = write("a", "short");
      reads.before(file, () -> Files.writeString(file, "much longer than it was"));
      assertThat(everything().observation(ResourceKey.file("a")))
          .isInstanceOf(Observation.Unreadable.class);
    }

    @Test
    void aCancelledLookEnds() throws IOException {
      write("a", "1");
      Cancellation cancellation = new Cancellation();
      CallContext call = CallContext.builder().cancellation(cancellation).build();
      reads.before(root, cancellation::cancel);
      write("sub/b", "1");
      assertThatThrownBy(() -> live.observe(Scope.everything(), call))
          .isInstanceOf(CallException.class);
    }

    @Test
    void aLookThatIsCancelledWhileItReadsAFileEnds() throws IOException {
      Path file = write("a", "1");
      Cancellation cancellation = new Cancellation();
      CallContext call = CallContext.builder().cancellation(cancellation).build();
      reads.before(file, cancellation::cancel);
      assertThatThrownBy(() -> live.observe(Scope.everything(), call))
          .isInstanceOf(CallException.class)
          .hasMessage("read file: cancelled");
    }
  }

  @Nested
  class Shapes {
    @Test
    void aDirectoryThatVanishesDuringTheWalkIsAbsent() throws IOException {
      Path file = write("sub/a", "1");
      write("b", "2");
      reads.before(
          root.resolve("sub"),
          () -> {
            Files.delete(file);
            Files.delete(root.resolve("sub"));
          });
      LiveState state = everything();
      assertThat(state.observation(ResourceKey.file("sub"))).isInstanceOf(Observation.Absent.class);
      assertThat(state.observation(ResourceKey.file("sub/a")))
          .isInstanceOf(Observation.Absent.class);
      assertThat(names(state)).containsExactly("b");
    }

    @Test
    void aDirectorySwappedForALinkDuringTheWalkShowsNothingFromOutside(@TempDir Path outside)
        throws IOException {
      Path file = write("sub/a", "1");
      Files.writeString(outside.resolve("foreign"), "x");
      reads.before(
          root.resolve("sub"),
          () -> {
            if (Files.deleteIfExists(file)) {
              Files.delete(root.resolve("sub"));
              Files.createSymbolicLink(root.resolve("sub"), outside);
            }
          });
      assertThat(names(everything())).containsExactly("sub");
    }

    @Test
    void aFileReplacedByADirectoryIsADirectory() throws IOException {
      Path file = write("a", "1");
      final LiveResource before = present("a");
      Files.delete(file);
      write("a/inside", "2");
      assertThat(present("a").digest()).isNotEqualTo(before.digest());
      assertThat(seen("a/inside")).isInstanceOf(Observation.Present.class);
      Files.delete(root.resolve("a/inside"));
      Files.delete(file);
      write("a", "1");
      assertThat(present("a").digest()).isEqualTo(before.digest());
      assertThat(seen("a/inside")).isInstanceOf(Observation.Absent.class);
    }

    @Test
    void whatIsBehindALinkIsNotInTheRoot(@TempDir Path outside) throws IOException {
      Files.writeString(outside.resolve("x"), "x");
      Files.createSymbolicLink(root.resolve("link"), outside);
      assertThat(seen("link/x")).isInstanceOf(Observation.Absent.class);
      LiveResource link = present("link");
      Files.delete(root.resolve("link"));
      Files.createSymbolicLink(root.resolve("link"), Path.of("elsewhere"));
      assertThat(present("link").digest()).isNotEqualTo(link.digest());
    }

    @Test
    void aSpecialFileIsThereAndNeverOpened() throws IOException, InterruptedException {
      Path pipe = root.resolve("pipe");
      assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
      assertThat(present("pipe").digest()).isEqualTo(FileDigests.ofOther("special file"));
    }

    @Test
    void aNameThatIsNotUtf8IsNotTakenForAnother() throws IOException, InterruptedException {
      write("b", "1");
      assertThat(
              new ProcessBuilder(
                      "sh", "-c", "printf x > \"$1/$(printf 'caf\\351')\"", "sh", "" + root)
                  .start()
                  .waitFor())
          .isZero();
      assertThat(names(everything())).containsExactly("b");
      assertThat(seen("caf\uFFFD")).isInstanceOf(Observation.Absent.class);
    }

    @Test
    void ourOwnStateIsNoPartOfIt() throws IOException {
      new StateDirectory(root, new JdkDisk()).initialise();
      write("sub/.gitops/a", "1");
      assertThat(names(everything())).containsExactly("sub/.gitops/a");
    }

    @Test
    void severalThreadsSeeWhatOneSees() throws IOException {
      TreeMap<String, String> files = new TreeMap<>();
      for (int i = 0; i < 300; i++) {
        files.put("d" + i % 7 + "/e" + i % 11 + "/f" + i, "content " + i);
      }
      for (String name : files.keySet()) {
        write(name, files.get(name));
      }
      ExecutorService threads = Executors.newFixedThreadPool(3);
      try {
        live = live(new Crew(threads, 4));
        LiveState parallel = everything();
        live = live(Crew.ALONE);
        LiveState alone = everything();
        assertThat(names(parallel)).containsExactlyElementsOf(files.keySet());
        alone.forEachPresent(
            file ->
                assertThat(parallel.observation(file.key()))
                    .isEqualTo(new Observation.Present(file)));
      } finally {
        threads.shutdownNow();
      }
    }

    @Test
    void anExecutorThatNeverRunsAnythingOnlyMakesItSlower() throws IOException {
      write("a/1", "1");
      write("b/2", "2");
      live = live(new Crew(task -> {}, 4));
      assertThat(names(everything())).containsExactly("a/1", "b/2");
    }
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
