package io.github.gitops4j.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.live.ChangeFeed;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.testkit.ManualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileChangesTest {
  @TempDir Path temp;
  private final CountedReads reads = new CountedReads();
  private final ManualClock clock = ManualClock.at(Instant.now().plus(Duration.ofHours(1)));
  private final List<DirectoryWatch> opened = new ArrayList<>();
  private Path root;
  private Scene scene;
  private int refuseAfter = Integer.MAX_VALUE;

  @BeforeEach
  void applyAndSettle() throws IOException {
    root = Files.createDirectory(temp.resolve("root"));
    scene = new Scene(root);
    scene.reads = reads;
    scene.clock = clock;
    scene.watch = DirectoryWatch.open(this::register);
    opened.add(scene.watch);
    scene.restart();
    scene.source.commit(
        "first", files -> files.put("a", "1").put("sub/b", "2").put("sub/deep/c", "3"));
    settle();
  }

  @AfterEach
  void close() {
    opened.forEach(DirectoryWatch::close);
  }

  private WatchKey register(Path directory, WatchService service) throws IOException {
    if (refuseAfter-- <= 0) {
      throw new IOException("User limit of inotify watches reached");
    }
    return DirectoryWatch.register(directory, service);
  }

  /** Makes passes until one has nothing to look at. */
  private void settle() {
    for (int i = 0; i < 3; i++) {
      assertThat(scene.pass().failures()).isEmpty();
    }
    reads.clear();
  }

  private ChangeFeed feed() {
    return scene.target.live().changeFeed().orElseThrow();
  }

  private static Set<ResourceKey> dirty(ChangeFeed.Batch batch) {
    assertThat(batch).isInstanceOf(ChangeFeed.Batch.Dirty.class);
    return ((ChangeFeed.Batch.Dirty) batch).keys();
  }

  /** Returns what was asked of the file system outside of our own directory. */
  private List<Path> asked() {
    return Stream.of(reads.stats, reads.digests, reads.lists)
        .flatMap(List::stream)
        .filter(path -> !path.startsWith(root.resolve(".gitops")))
        .toList();
  }

  private void deleteTree(String name) throws IOException {
    try (Stream<Path> all = Files.walk(root.resolve(name))) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Nested
  class Healthy {
    @Test
    void aPassWithNothingToDoAsksNothing() {
      assertThat(scene.pass().failures()).isEmpty();
      assertThat(asked()).isEmpty();
    }

    @Test
    void aPassLooksAtWhatWasTouchedOnly() {
      scene.write("sub/b", "edited");
      assertThat(scene.pass().failures()).isEmpty();
      assertThat(scene.files()).containsEntry("sub/b", "2");
      assertThat(asked())
          .isNotEmpty()
          .allMatch(path -> root.resolve("sub/b").startsWith(path), "is on the way to sub/b");
    }

    @Test
    void aWriteOfOursMakesNothingElseDirty() {
      scene.source.commit("second", files -> files.put("sub/b", "new").put("sub/new/d", "4"));
      scene.pass();
      reads.clear();
      scene.pass();
      assertThat(reads.lists).isEmpty();
      assertThat(reads.digests)
          .containsExactlyInAnyOrder(root.resolve("sub/b"), root.resolve("sub/new/d"));
      settle();
      scene.pass();
      assertThat(asked()).isEmpty();
    }

    @Test
    void aFileThatWasRemovedComesBack() throws IOException {
      Files.delete(root.resolve("sub/deep/c"));
      assertThat(dirty(feed().drain())).containsExactly(ResourceKey.file("sub/deep/c"));
      Files.delete(root.resolve("a"));
      scene.pass();
      assertThat(scene.files()).containsEntry("a", "1");
    }

    @Test
    void aDirectoryThatWasRemovedComesBackAndIsWatchedAgain() throws IOException {
      deleteTree("sub");
      scene.pass();
      assertThat(scene.files()).isEqualTo(Map.of("a", "1", "sub/b", "2", "sub/deep/c", "3"));
      settle();
      scene.write("sub/deep/c", "edited");
      scene.pass();
      assertThat(scene.files()).containsEntry("sub/deep/c", "3");
    }

    @Test
    void aDirectoryMovedAwayAndAnotherInItsPlaceIsSeen() throws IOException {
      Files.move(root.resolve("sub"), root.resolve("away"));
      scene.write("sub/b", "theirs");
      scene.pass();
      assertThat(scene.files())
          .containsEntry("sub/b", "2")
          .containsEntry("sub/deep/c", "3")
          .containsEntry("away/b", "2");
      settle();
      scene.write("away/b", "not ours");
      scene.write("sub/deep/c", "edited");
      assertThat(dirty(feed().drain())).contains(ResourceKey.file("sub/deep/c"));
    }

    @Test
    void aDirectoryMovedAwayAndBackIsWatchedStill() throws IOException {
      Files.move(root.resolve("sub"), root.resolve("away"));
      Files.writeString(root.resolve("away/b"), "edited on the way");
      Files.move(root.resolve("away"), root.resolve("sub"));
      scene.pass();
      assertThat(scene.files()).containsEntry("sub/b", "2");
      settle();
      scene.write("sub/b", "edited");
      assertThat(dirty(feed().drain())).contains(ResourceKey.file("sub/b"));
    }

    @Test
    void whatHappensInTheMomentOfTheFirstLookIsSeen() {
      scene.restart();
      assertThat(feed().drain()).isInstanceOf(ChangeFeed.Batch.Invalidated.class);
      scene.write("sub/b", "edited");
      assertThat(dirty(feed().drain())).contains(ResourceKey.file("sub/b"));
    }

    @Test
    void whatIsEditedBeforeItsNewDirectoryIsWatchedIsTold() {
      scene.source.commit("second", files -> files.put("other/d", "4").put("other/deep/er/e", "5"));
      scene.pass();
      scene.write("other/d", "edited");
      scene.write("other/deep/er/e", "edited");
      assertThat(dirty(feed().drain()))
          .contains(ResourceKey.file("other/d"), ResourceKey.file("other/deep/er/e"));
    }

    @Test
    void anEventThatIsDoubledOrForNothingHarmsNobody() {
      for (int i = 0; i < 5; i++) {
        scene.write("sub/b", "2");
        scene.write("not-ours", "x" + i);
      }
      assertThat(scene.pass().outcomes()).isEmpty();
      settle();
      scene.pass();
      assertThat(asked()).isEmpty();
    }

    @Test
    void targetsThatShareAWatchAreBothTold() throws IOException {
      Scene inner = new Scene(root.resolve("sub"));
      inner.watch = scene.watch;
      inner.restart();
      inner.source.commit("first", files -> files.put("mine", "1"));
      inner.pass();
      inner.pass();
      settle();
      Files.writeString(root.resolve("sub/b"), "edited");
      Files.writeString(root.resolve("sub/mine"), "edited");
      assertThat(dirty(feed().drain())).contains(ResourceKey.file("sub/b"));
      assertThat(dirty(inner.target.live().changeFeed().orElseThrow().drain()))
          .contains(ResourceKey.file("mine"));
      scene.target.close();
      Files.writeString(root.resolve("sub/mine"), "again");
      assertThat(dirty(inner.target.live().changeFeed().orElseThrow().drain()))
          .contains(ResourceKey.file("mine"));
    }
  }

  @Nested
  class Doubt {
    private void assertInvalidated(String reason) {
      assertThat(feed().drain())
          .isInstanceOfSatisfying(
              ChangeFeed.Batch.Invalidated.class,
              batch -> assertThat(batch.reason()).contains(reason));
    }

    private void assertPutRight() {
      scene.write("sub/b", "edited");
      scene.pass();
      assertThat(scene.files()).containsEntry("sub/b", "2");
    }

    @Test
    void whereEventsWereLostAllThatIsOursIsLookedAt() {
      scene.write("sub/b", "edited");
      for (int i = 0; i < 700; i++) {
        scene.write("sub/noise-" + i, "x");
      }
      assertThat(dirty(feed().drain()))
          .contains(ResourceKey.file("sub/b"))
          .doesNotContain(ResourceKey.file("a"));
      assertThat(dirty(feed().drain())).isEmpty();
    }

    @Test
    void ifMuchChangedEverythingIsLookedAt() {
      scene.source.commit(
          "second",
          files -> {
            for (int i = 0; i < 6; i++) {
              files.put("d" + i + "/file", "1");
            }
          });
      settle();
      for (int i = 0; i < 1200; i++) {
        scene.write("d" + i % 6 + "/noise-" + i, "x");
      }
      assertInvalidated("much has changed");
      assertThat(dirty(feed().drain())).isEmpty();
    }

    @Test
    void onceInAWhileEverythingIsLookedAt() {
      clock.advance(Duration.ofMinutes(9));
      assertThat(dirty(feed().drain())).isEmpty();
      clock.advance(Duration.ofMinutes(1));
      assertInvalidated("time to look");
      assertThat(dirty(feed().drain())).isEmpty();
    }

    @Test
    void aClockThatJumpsBackMeansALook() {
      clock.jumpTo(Instant.now().minus(Duration.ofDays(3)));
      assertInvalidated("time to look");
      assertThat(dirty(feed().drain())).isEmpty();
    }

    @Test
    void theSweepFindsWhatTheWatchWasNotTold() {
      scene.write("sub/b", "edited");
      feed().drain();
      scene.pass();
      assertThat(scene.files()).containsEntry("sub/b", "edited");
      clock.advance(Duration.ofMinutes(10));
      scene.pass();
      assertThat(scene.files()).containsEntry("sub/b", "2");
    }

    @Test
    void aSystemThatWatchesNoMoreMeansFullLooksUntilItDoes() {
      refuseAfter = 1;
      scene.restart();
      assertInvalidated("limit of inotify watches");
      assertInvalidated("limit of inotify watches");
      assertPutRight();
      refuseAfter = Integer.MAX_VALUE;
      clock.advance(Duration.ofMinutes(10));
      settle();
      scene.pass();
      assertThat(asked()).isEmpty();
    }

    @Test
    void aLimitReachedLaterMeansFullLooks() {
      refuseAfter = 0;
      scene.source.commit("second", files -> files.put("other/d", "4"));
      scene.pass();
      assertInvalidated("limit of inotify watches");
      assertPutRight();
    }

    @Test
    void aWatchThatIsClosedMeansFullLooks() {
      opened.forEach(DirectoryWatch::close);
      assertInvalidated("");
      assertPutRight();
      assertPutRight();
    }

    @Test
    void aWatchThatNeverAnswersIsNone() throws IOException {
      WatchService deaf = root.getFileSystem().newWatchService();
      scene.watch = DirectoryWatch.open((path, service) -> DirectoryWatch.register(path, deaf));
      opened.add(scene.watch);
      scene.restart();
      assertThat(scene.watch.isNative()).isFalse();
      assertInvalidated("nobody tells");
      assertPutRight();
      assertPutRight();
      deaf.close();
    }

    @Test
    void aRootThatIsGoneAndComesBackIsWatchedAgain() throws IOException {
      Files.move(root, temp.resolve("elsewhere"));
      assertInvalidated("");
      assertThat(scene.pass().outcomes()).isEmpty();
      Files.move(temp.resolve("elsewhere"), root);
      settle();
      scene.write("sub/b", "edited");
      assertThat(dirty(feed().drain())).contains(ResourceKey.file("sub/b"));
    }

    @Test
    void anotherDirectoryInTheRootsPlaceIsADoubt() throws IOException {
      Files.move(root, temp.resolve("elsewhere"));
      Files.createDirectory(root);
      assertInvalidated("another directory");
      assertThat(scene.pass().outcomes()).isEmpty();
      assertThat(root).isEmptyDirectory();
    }

    @Test
    void whatAnotherProcessCameToOwnIsWatched() {
      Scene other = new Scene(root);
      scene.source.commit("second", files -> files.put("other/d", "4"));
      Reconciler.builder(scene.source, other.target).build().reconcile(CallContext.unbounded());
      assertInvalidated("somebody else");
      settle();
      scene.write("other/d", "edited");
      assertThat(dirty(feed().drain())).contains(ResourceKey.file("other/d"));
    }
  }

  /** Random histories: the plan with a watch is the plan from scratch. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void thePlanIsThatOfAFullLook(int seed) throws IOException {
    Random random = new Random(seed);
    for (int step = 0; step < 40; step++) {
      for (int i = random.nextInt(4); i >= 0; i--) {
        disturb(random);
      }
      Plan watched = scene.plan();
      Scene fresh = new Scene(root);
      Plan scratch =
          Reconciler.builder(scene.source, fresh.target).build().plan(CallContext.unbounded());
      assertThat(watched.digest()).as("seed %d, step %d", seed, step).isEqualTo(scratch.digest());
      if (random.nextInt(3) > 0) {
        scene.pass();
      }
    }
  }

  private void disturb(Random random) {
    String name = List.of("a", "sub/b", "sub/deep/c", "x/y/z", "x/w").get(random.nextInt(5));
    String content = "content " + random.nextInt(3);
    Path path = root.resolve(name);
    try {
      switch (random.nextInt(6)) {
        case 0 -> Files.deleteIfExists(path);
        case 1 -> {
          if (Files.isDirectory(path.resolveSibling("."))) {
            Files.writeString(path, content);
          }
        }
        case 2 -> scene.source.commit("declare " + name, files -> files.put(name, content));
        case 3 -> scene.source.commit("withdraw " + name, files -> files.remove(name));
        case 4 -> {
          String directory = List.of("sub", "sub/deep", "x", "x/y").get(random.nextInt(4));
          if (Files.isDirectory(root.resolve(directory))) {
            deleteTree(directory);
          }
        }
        default -> {
          Path aside = temp.resolve("aside-" + random.nextLong());
          if (Files.isDirectory(root.resolve("sub"))) {
            Files.move(root.resolve("sub"), aside);
            Files.createDirectories(root.resolve("sub/deep"));
            Files.writeString(root.resolve("sub/deep/c"), content);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
