package io.github.gitops4j.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.KeyedSnapshot;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatCacheTest {
  @TempDir Path root;

  /** A cache of whole passes. */
  @Nested
  class AfterARestart {
    private final CountedReads reads = new CountedReads();
    private Scene scene;

    @BeforeEach
    void applyAndLook() {
      scene = new Scene(root);
      scene.reads = reads;
      scene.clock = ManualClock.at(Instant.now().plus(Duration.ofHours(1)));
      reads.later(root.resolve(".gitops/lock"), Duration.ofHours(1));
      scene.source.commit("first", files -> files.put("a", "1").put("b", "2").put("sub/c", "3"));
      scene.restart();
      scene.pass();
      scene.pass();
      restart();
    }

    private void restart() {
      scene.restart();
      reads.clear();
    }

    @Test
    void aFileCostsOneStatAndNoReading() {
      assertThat(scene.pass().failures()).isEmpty();
      assertThat(reads.digests).isEmpty();
      assertThat(reads.stats)
          .filteredOn(path -> !path.startsWith(root.resolve(".gitops")))
          .containsExactlyInAnyOrder(
              root.resolve("a"),
              root.resolve("b"),
              root.resolve("sub"),
              root.resolve("sub"),
              root.resolve("sub/c"));
    }

    @Test
    void anEditIsSeenEvenIfItsTimeWasSetBack() throws IOException {
      FileTime time = Files.getLastModifiedTime(root.resolve("a"));
      Files.writeString(root.resolve("a"), "X");
      Files.setLastModifiedTime(root.resolve("a"), time);
      scene.pass();
      assertThat(reads.digests).contains(root.resolve("a")).doesNotContain(root.resolve("b"));
      assertThat(scene.files()).containsEntry("a", "1");
      assertThat(scene.quarantinedContents()).containsExactly("X");
    }

    @Test
    void aFileThatWasFreshWhenItWasReadIsReadAgain() throws IOException {
      reads.later(root.resolve(".gitops/lock"), Duration.ZERO);
      Files.delete(root.resolve(".gitops/statcache"));
      restart();
      scene.pass();
      restart();
      scene.pass();
      assertThat(reads.digests)
          .containsExactlyInAnyOrder(root.resolve("a"), root.resolve("b"), root.resolve("sub/c"));
    }

    @Test
    void aCopiedTreeIsRead() throws IOException {
      Files.writeString(
          root.resolve(".gitops/root.json"),
          Files.readString(root.resolve(".gitops/root.json"))
              .replaceFirst("\"id\":\"..", "\"id\":\"zz"));
      restart();
      scene.pass();
      assertThat(reads.digests).hasSize(3);
    }

    @Test
    void aDamagedCacheIsThrownAwayAndMadeAnew() throws IOException {
      Path file = root.resolve(".gitops/statcache");
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length - 20] ^= 1;
      Files.write(file, bytes);
      assertThat(scene.pass().failures()).isEmpty();
      assertThat(reads.digests).hasSize(3);
      restart();
      scene.pass();
      assertThat(reads.digests).isEmpty();
    }

    @Test
    void whoOnlyPlansWritesNothing() throws IOException {
      Files.delete(root.resolve(".gitops/statcache"));
      restart();
      scene.plan();
      assertThat(root.resolve(".gitops/statcache")).doesNotExist();
    }

    @Test
    void aCacheThatCannotBeWrittenHarmsNobody() throws IOException {
      Files.delete(root.resolve(".gitops/statcache"));
      scene.disk = new FaultyDisk().failAt(1, "No space left on device");
      restart();
      assertThat(scene.pass().failures()).isEmpty();
      assertThat(((FaultyDisk) scene.disk).operations().get(0)).isEqualTo("create statcache.new");
      assertThat(root.resolve(".gitops/statcache")).doesNotExist();
      scene.pass();
      assertThat(scene.files()).isEqualTo(Map.of("a", "1", "b", "2", "sub/c", "3"));
    }
  }

  /** The file itself. */
  @Nested
  class TheFile {
    private static final long NOW = 1_000_000_000_000_000_000L;
    private static final long OLD = NOW - 2 * TreeScan.GRAIN_NANOS;
    private StateDirectory state;
    private FaultyDisk disk;

    @BeforeEach
    void setUp() {
      disk = new FaultyDisk();
      state = new StateDirectory(root, disk);
      state.initialise();
    }

    private StatCache cache(String boot) {
      return new StatCache(state, boot, () -> true);
    }

    private List<LiveFile> load() {
      return cache("boot").load(new Sharing());
    }

    private static LiveFile file(String name, long changed) {
      FileStat stat = new FileStat(name.length(), 2, changed - 7, changed, 0100644);
      return new LiveFile(ResourceKey.file(name), stat, ContentDigest.of(name), true);
    }

    private KeyedSnapshot<LiveFile> keep(LiveFile... files) {
      KeyedSnapshot<LiveFile> all = KeyedSnapshot.of(List.of(files));
      cache("boot").keep(all, files.length, NOW);
      return all;
    }

    @Test
    void givesBackWhatWasKept() {
      LiveFile[] files = new LiveFile[3000];
      Random random = new Random(1);
      for (int i = 0; i < files.length; i++) {
        String name =
            "d" + i % 7 + "/\u00e4\u4e2d\ud83d\ude00" + "x".repeat(random.nextInt(200)) + i;
        files[i] = file(name, OLD - random.nextInt());
      }
      keep(files);
      assertThat(load()).containsExactlyInAnyOrder(files);
    }

    @Test
    void isTheSameBytesForTheSameFiles() throws IOException {
      keep(file("a", OLD), file("b", OLD), file("c", OLD));
      byte[] once = Files.readAllBytes(state.file(StatCache.FILE));
      keep(file("c", OLD), file("a", OLD), file("b", OLD));
      assertThat(state.file(StatCache.FILE)).hasBinaryContent(once);
    }

    @Test
    void keepsNoFileThatIsNotTrusted() {
      LiveFile fresh = file("fresh", OLD);
      keep(file("a", OLD), new LiveFile(fresh.key(), fresh.stat(), fresh.digest(), false));
      assertThat(load()).containsExactly(file("a", OLD));
    }

    @Test
    void believesNoFileAsNewAsTheCache() {
      long limit = NOW - TreeScan.GRAIN_NANOS;
      keep(file("a", limit - 1), file("b", limit), file("c", NOW));
      assertThat(load()).containsExactly(file("a", limit - 1));
    }

    @Test
    void isOfOneStartOfTheMachine() {
      keep(file("a", OLD));
      assertThat(cache("another").load(new Sharing())).isEmpty();
      assertThat(cache("").load(new Sharing())).isEmpty();
    }

    @Test
    void isThrownAwayIfItIsCutAnywhere() throws IOException {
      keep(file("a", OLD), file("sub/b", OLD));
      byte[] whole = Files.readAllBytes(state.file(StatCache.FILE));
      for (int length = 0; length < whole.length; length++) {
        Files.write(state.file(StatCache.FILE), Arrays.copyOf(whole, length));
        assertThat(load()).as("cut at %d", length).isEmpty();
      }
      Files.write(state.file(StatCache.FILE), Arrays.copyOf(whole, whole.length + 1));
      assertThat(load()).as("longer").isEmpty();
    }

    @Test
    void isThrownAwayIfAnyBitIsWrong() throws IOException {
      keep(file("a", OLD), file("sub/b", OLD));
      byte[] whole = Files.readAllBytes(state.file(StatCache.FILE));
      for (int bit = 0; bit < 8 * whole.length; bit++) {
        byte[] wrong = whole.clone();
        wrong[bit / 8] ^= (byte) (1 << bit % 8);
        Files.write(state.file(StatCache.FILE), wrong);
        assertThat(load()).as("bit %d", bit).isEmpty();
      }
    }

    @Test
    void isThrownAwayIfItIsNoise() throws IOException {
      byte[] noise = new byte[10_000];
      new Random(3).nextBytes(noise);
      Files.write(state.file(StatCache.FILE), noise);
      assertThat(load()).isEmpty();
      Files.delete(state.file(StatCache.FILE));
      Files.createDirectory(state.file(StatCache.FILE));
      assertThat(load()).isEmpty();
    }

    @Test
    void isWrittenAnewOnlyWhenMuchIsNew() {
      List<LiveFile> files = new ArrayList<>();
      for (int i = 0; i < 80; i++) {
        files.add(file("f" + i, OLD));
      }
      StatCache cache = cache("boot");
      KeyedSnapshot<LiveFile> known = KeyedSnapshot.of(files);
      cache.keep(known, 80, NOW);
      disk.operations().clear();
      for (int i = 0; i < 9; i++) {
        cache.keep(known, 1, NOW);
      }
      assertThat(disk.operations()).isEmpty();
      cache.keep(known, 1, NOW);
      assertThat(disk.operations())
          .containsExactly(
              "create statcache.new",
              "write statcache.new",
              "write statcache.new",
              "rename statcache");
    }
  }
}
