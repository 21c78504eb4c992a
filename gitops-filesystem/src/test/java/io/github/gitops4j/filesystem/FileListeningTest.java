package io.github.gitops4j.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.live.ChangeFeed;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a watched directory tells by itself. */
class FileListeningTest {
  private static final int SECONDS = 30;

  @TempDir Path temp;
  private final Calls calls = new Calls();
  private final ManualClock clock = ManualClock.at(Instant.now().plus(Duration.ofHours(1)));
  private int refuseAfter = Integer.MAX_VALUE;
  private Path root;
  private TellingWatch telling;
  private Scene scene;

  /** Counts what it is told. */
  private static final class Calls implements ChangeFeed.Listener {
    private final Semaphore count = new Semaphore(0);

    @Override
    public void pending() {
      count.release();
    }

    @Override
    public void stirred(ResourceKey key) {
      throw new AssertionError("a file has nothing that nobody could own: " + key);
    }

    void await() {
      try {
        assertThat(count.tryAcquire(SECONDS, TimeUnit.SECONDS)).as("was told").isTrue();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @BeforeEach
  void applyAndListen() throws IOException {
    root = Files.createDirectory(temp.resolve("root"));
    telling = new TellingWatch(this::register);
    scene = new Scene(root);
    scene.clock = clock;
    scene.watch = telling.watch;
    scene.restart();
    scene.source.commit("first", files -> files.put("a", "1").put("sub/b", "2"));
    settle();
    assertThat(feed().listen(calls)).isPresent();
  }

  @AfterEach
  void close() {
    telling.close();
  }

  private WatchKey register(Path directory, WatchService service) throws IOException {
    if (refuseAfter-- <= 0) {
      throw new IOException("User limit of inotify watches reached");
    }
    return DirectoryWatch.register(directory, service);
  }

  private ChangeFeed feed() {
    return scene.target.live().changeFeed().orElseThrow();
  }

  /** Makes passes until one has nothing to look at, and forgets what was told. */
  private void settle() {
    for (int i = 0; i < 3; i++) {
      assertThat(scene.pass().failures()).isEmpty();
    }
    calls.count.drainPermits();
  }

  private static Optional<ChangeFeed.Listening> listen(FilesystemTarget target) {
    return target.live().changeFeed().orElseThrow().listen(new Calls());
  }

  @Test
  void driftIsPutRightWhenItIsTold() {
    scene.write("sub/b", "edited");
    calls.await();
    scene.pass();
    assertThat(scene.files()).containsEntry("sub/b", "2");
  }

  @Test
  void passesThatFollowWhatIsToldOfOurOwnWritesEnd() {
    scene.source.commit("second", files -> files.put("sub/b", "new").put("other/c", "3"));
    scene.pass();
    int passes = 0;
    while (calls.count.tryAcquire()) {
      calls.count.drainPermits();
      assertThat(scene.pass().outcomes()).isEmpty();
      assertThat(++passes).as("passes with nothing to do").isLessThan(10);
    }
    settle();
    scene.pass();
    feed().drain();
    assertThat(calls.count.availablePermits()).isZero();
  }

  @Test
  void whatHappensBeforeTheFirstPassIsTold() {
    scene.restart();
    Calls early = new Calls();
    assertThat(feed().listen(early)).isPresent();
    scene.write("sub/b", "edited");
    early.await();
    assertThat(feed().drain()).isInstanceOf(ChangeFeed.Batch.Invalidated.class);
  }

  @Test
  void lostEventsAreTold() {
    for (int i = 0; i < 700; i++) {
      scene.write("sub/noise-" + i, "x");
    }
    calls.await();
    scene.pass();
    assertThat(scene.files()).containsEntry("sub/b", "2");
  }

  @Test
  void aDirectoryThatIsMovedAwayIsTold() throws IOException {
    Files.move(root.resolve("sub"), temp.resolve("away"));
    calls.await();
    scene.pass();
    assertThat(scene.files()).isEqualTo(Map.of("a", "1", "sub/b", "2"));
  }

  @Test
  void aRootThatIsMovedAwayAndComesBackIsTold() throws IOException {
    Files.move(root, temp.resolve("away"));
    calls.await();
    assertThat(feed().drain()).isInstanceOf(ChangeFeed.Batch.Invalidated.class);
    calls.count.drainPermits();
    Files.move(temp.resolve("away"), root);
    calls.await();
    settle();
    scene.write("sub/b", "edited");
    calls.await();
  }

  @Test
  void aLinkToTheRootThatLeadsElsewhereIsTold() throws IOException {
    Path link = Files.createSymbolicLink(temp.resolve("link"), root);
    Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
    Calls told = new Calls();
    FilesystemTarget linked = FilesystemTarget.builder(link).watch(telling.watch).build();
    assertThat(linked.live().changeFeed().orElseThrow().listen(told)).isPresent();
    Path next = Files.createSymbolicLink(temp.resolve("next"), elsewhere);
    Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
    told.await();
  }

  @Test
  void aRootThatIsNotThereYetIsToldWhenItComes() throws IOException {
    Path later = temp.resolve("later");
    Calls told = new Calls();
    FilesystemTarget target = FilesystemTarget.builder(later).watch(telling.watch).build();
    assertThat(target.live().changeFeed().orElseThrow().listen(told)).isPresent();
    Files.createDirectory(later);
    told.await();
  }

  @Test
  void whatHappensBesideTheRootIsNotTold() throws IOException {
    Files.writeString(temp.resolve("beside"), "x");
    feed().drain();
    assertThat(calls.count.availablePermits()).isZero();
  }

  @Test
  void whereTheSystemWatchesNoMoreEveryPassLooksAndTheRootIsStillTold() throws IOException {
    refuseAfter = 0;
    scene.source.commit("second", files -> files.put("other/c", "3"));
    scene.pass();
    assertThat(feed().drain())
        .isInstanceOfSatisfying(
            ChangeFeed.Batch.Invalidated.class,
            batch -> assertThat(batch.reason()).contains("limit of inotify watches"));
    calls.count.drainPermits();
    Files.move(root, temp.resolve("away"));
    Files.move(temp.resolve("away"), root);
    calls.await();
    refuseAfter = Integer.MAX_VALUE;
    clock.advance(Duration.ofMinutes(10));
    settle();
    scene.write("sub/b", "edited");
    calls.await();
  }

  @Test
  void aWatchThatIsClosedIsTold() {
    telling.watch.close();
    calls.await();
    scene.write("sub/b", "edited");
    scene.pass();
    assertThat(scene.files()).containsEntry("sub/b", "2");
    assertThat(listen(scene.target)).isEmpty();
  }

  @Test
  void aThreadThatIsWantedBackIsToldAndPassesReadTheWatch() {
    telling.executor.shutdownNow();
    calls.await();
    settle();
    scene.write("sub/b", "edited");
    assertThat(feed().drain())
        .isEqualTo(new ChangeFeed.Batch.Dirty(Set.of(ResourceKey.file("sub/b"))));
    assertThat(listen(scene.target)).isEmpty();
  }

  @Test
  void withoutAThreadNobodyListens() {
    try (DirectoryWatch silent = DirectoryWatch.open();
        DirectoryWatch starved = DirectoryWatch.open(task -> {})) {
      assertThat(listen(FilesystemTarget.builder(root).watch(silent).build())).isEmpty();
      assertThat(listen(FilesystemTarget.builder(root).watch(starved).build())).isEmpty();
      assertThat(silent.isNative()).isTrue();
      assertThat(starved.isNative()).isFalse();
    }
  }

  @Test
  void anExecutorThatTakesNothingIsTheCallersError() {
    telling.executor.shutdown();
    assertThatThrownBy(() -> DirectoryWatch.open(telling.executor))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void aListenerThatThrowsHarmsNobody() {
    ChangeFeed.Listening closed =
        feed()
            .listen(
                new ChangeFeed.Listener() {
                  @Override
                  public void pending() {
                    throw new IllegalStateException("of the user");
                  }

                  @Override
                  public void stirred(ResourceKey key) {}
                })
            .orElseThrow();
    Calls second = new Calls();
    assertThat(feed().listen(second)).isPresent();
    for (int i = 0; i < 3; i++) {
      scene.write("sub/b", "edited " + i);
      second.await();
      settle();
      second.count.drainPermits();
    }
    closed.close();
  }

  @Test
  void whoDoesNotListenAnyMoreIsNotTold() {
    Calls gone = new Calls();
    feed().listen(gone).orElseThrow().close();
    scene.write("sub/b", "edited");
    calls.await();
    assertThat(gone.count.availablePermits()).isZero();
  }

  @Test
  void aTargetThatIsClosedTellsNothing() {
    scene.target.close();
    scene.write("sub/b", "edited");
    telling.watch.settle();
    assertThat(calls.count.availablePermits()).isZero();
  }
}
