package io.github.gitops4j.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.inventory.OwnershipPolicy;
import io.github.gitops4j.plan.PlanPolicy;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** In style {@code ATOMIC} there is the old file or the new one, at every moment. */
class NeverAbsentTest {
  private static final int STEPS = 200;
  private static final Instant EDITED = Instant.parse("2020-01-02T03:04:05Z");

  @TempDir Path root;
  private Scene scene;

  /** Who has the directory open, so that our own descriptor of it cannot be told from others. */
  enum Onlooker {
    NONE,
    IN_THIS_PROCESS
  }

  @BeforeEach
  void applyOnce() {
    scene = new Scene(root);
    scene.source.commit("first", files -> files.put("sub/a", "old"));
    scene.pass();
  }

  private Path file() {
    return root.resolve("sub/a");
  }

  /** Returns what is there before every step of a pass. */
  private Set<String> seenWhileApplying(Onlooker onlooker) throws IOException {
    Set<String> seen = new TreeSet<>();
    FaultyDisk disk = new FaultyDisk();
    for (int step = 1; step <= STEPS; step++) {
      disk.at(step, () -> seen.add(Files.readString(file())));
    }
    scene.disk = disk;
    scene.restart();
    if (onlooker == Onlooker.NONE) {
      assertThat(scene.pass().failures()).isEmpty();
    } else {
      try (DirectoryStream<Path> open = Files.newDirectoryStream(root.resolve("sub"))) {
        assertThat(scene.pass().failures()).isEmpty();
        assertThat(open.iterator().hasNext()).isTrue();
      }
    }
    assertThat(disk.operations().size()).isBetween(10, STEPS);
    seen.add(Files.readString(file()));
    return seen;
  }

  @ParameterizedTest
  @EnumSource
  void anUpdateHasNoStepWithoutTheFile(Onlooker onlooker) throws IOException {
    scene.source.commit("second", files -> files.put("sub/a", "new"));
    assertThat(seenWhileApplying(onlooker)).containsExactly("new", "old");
    assertThat(scene.staged()).isEmpty();
    assertThat(scene.quarantined()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void anEditThatIsPutRightHasNoStepWithoutTheFile(Onlooker onlooker) throws IOException {
    scene.write("sub/a", "edited");
    assertThat(file().toFile().setExecutable(true)).isTrue();
    Files.setLastModifiedTime(file(), FileTime.from(EDITED));
    assertThat(seenWhileApplying(onlooker)).containsExactly("edited", "old");
    assertThat(scene.quarantinedContents()).containsExactly("edited");
    Quarantine.Entry kept = scene.target.quarantine().list().get(0);
    assertThat(root.resolve(".gitops/quarantine").resolve(kept.operation()).resolve(kept.path()))
        .isExecutable()
        .satisfies(
            copy -> assertThat(Files.getLastModifiedTime(copy)).isEqualTo(FileTime.from(EDITED)));
  }

  @ParameterizedTest
  @EnumSource
  void aFileThatIsTakenOverHasNoStepWithoutIt(Onlooker onlooker) throws IOException {
    scene.policy = PlanPolicy.builder().ownership(OwnershipPolicy.ADOPT_UNOWNED).build();
    scene.write("sub/b", "theirs");
    scene.source.commit("second", files -> files.put("sub/b", "ours"));
    assertThat(seenWhileApplying(onlooker)).containsExactly("old");
    assertThat(scene.files()).containsEntry("sub/b", "ours");
    assertThat(scene.quarantinedContents()).containsExactly("theirs");
  }

  @Test
  void killedAtAnyStepTheEditIsKept() throws IOException {
    int step = 1;
    for (boolean died = true; died; step++) {
      Path fresh = Files.createDirectory(root.resolve("fresh-" + step));
      Scene other = new Scene(fresh);
      other.source.commit("first", files -> files.put("a", "old"));
      other.pass();
      other.write("a", "edited");
      other.disk = new FaultyDisk().killAt(step);
      other.restart();
      try (DirectoryStream<Path> open = Files.newDirectoryStream(fresh)) {
        other.pass();
        assertThat(open.iterator().hasNext()).isTrue();
        died = false;
      } catch (FaultyDisk.Killed e) {
        assertThat(fresh.resolve("a")).isRegularFile();
      }
      other.disk = new JdkDisk();
      other.restart();
      assertThat(other.pass().failures()).isEmpty();
      assertThat(other.files()).isEqualTo(Map.of("a", "old"));
      assertThat(other.quarantinedContents()).as("killed at %d", step).contains("edited");
    }
    assertThat(step).isGreaterThan(15);
  }

  @Test
  void whatSomebodyWritesIntoAnOpenOldFileIsKept() throws IOException {
    scene.source.commit("second", files -> files.put("sub/a", "new"));
    FaultyDisk disk = new FaultyDisk();
    AtomicBoolean edited = new AtomicBoolean();
    // The last look at the old file is before the rename over it.
    for (int step = 1; step <= STEPS; step++) {
      disk.at(
          step,
          () -> {
            if (disk.operations().get(disk.operations().size() - 1).equals("rename a")
                && edited.compareAndSet(false, true)) {
              Files.writeString(file(), "edited in time");
            }
          });
    }
    scene.disk = disk;
    scene.restart();
    try (DirectoryStream<Path> open = Files.newDirectoryStream(root.resolve("sub"))) {
      assertThat(scene.pass().failures()).isEmpty();
      assertThat(open.iterator().hasNext()).isTrue();
    }
    assertThat(Files.readString(file())).isEqualTo("new");
    assertThat(scene.quarantinedContents()).containsExactly("edited in time");
  }

  @Test
  void aReaderThatListsTheDirectoryAllTheTimeAlwaysFindsTheFile() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    Set<String> wrong = new ConcurrentSkipListSet<>();
    Set<Path> found = new ConcurrentSkipListSet<>();
    Thread reader =
        new Thread(
            () -> {
              while (!over.get()) {
                try (DirectoryStream<Path> open = Files.newDirectoryStream(root.resolve("sub"))) {
                  String content = Files.readString(file());
                  if (!content.startsWith("content ") && !content.equals("old")) {
                    wrong.add(content);
                  }
                  open.forEach(found::add);
                } catch (NoSuchFileException e) {
                  wrong.add("absent");
                } catch (IOException e) {
                  wrong.add(e.toString());
                }
              }
            });
    reader.start();
    try {
      for (int i = 0; i < 60; i++) {
        String content = "content " + i;
        scene.source.commit("commit " + i, files -> files.put("sub/a", content));
        assertThat(scene.pass().failures()).isEmpty();
      }
    } finally {
      over.set(true);
      reader.join();
    }
    assertThat(wrong).isEmpty();
    assertThat(found).containsExactly(file());
  }
}
