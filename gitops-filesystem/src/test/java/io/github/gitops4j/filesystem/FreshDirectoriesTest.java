package io.github.gitops4j.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.gitops4j.error.GitOpsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** New directories come into place whole, and as well as one by one if they cannot. */
class FreshDirectoriesTest {
  private static final int MOST_STEPS = 300;
  private static final String LFS =
      "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n";

  @TempDir private Path directory;
  private int scenes;

  @BeforeEach
  void noScenes() {
    scenes = 0;
  }

  private Scene scene() throws IOException {
    Scene scene = new Scene(Files.createDirectory(directory.resolve("root-" + scenes++)));
    scene.source.commit(
        "first",
        files -> {
          files.put("sub/a", "one");
          files.put("sub/b", "two");
          files.put("sub/deep/withdrawn-0-c", "three");
        });
    return scene;
  }

  private static void on(Scene scene, Disk disk) {
    scene.disk = disk;
    scene.restart();
  }

  private static int steps(Scene scene) {
    FaultyDisk disk = new FaultyDisk();
    on(scene, disk);
    assertThat(scene.pass().failures()).isEmpty();
    return disk.operations().size();
  }

  @Test
  void nobodySeesHalfOfANewDirectory() throws IOException {
    Scene scene = scene();
    Set<List<String>> seen = new TreeSet<>(Comparator.comparing(List::size));
    FaultyDisk disk = new FaultyDisk();
    for (int step = 1; step <= MOST_STEPS; step++) {
      disk.at(step, () -> seen.add(List.copyOf(scene.files().keySet())));
    }
    on(scene, disk);
    assertThat(scene.pass().failures()).isEmpty();
    assertThat(disk.operations()).noneMatch(operation -> operation.startsWith("link"));
    assertThat(seen)
        .containsExactly(
            List.of(),
            List.of("sub/a", "sub/b"),
            List.of("sub/a", "sub/b", "sub/deep/withdrawn-0-c"));
  }

  @Test
  void whatSomebodyPutsThereMeanwhileIsKept() throws IOException {
    int steps = steps(scene());
    for (int step = 1; step <= steps; step++) {
      Scene scene = scene();
      on(scene, new FaultyDisk().at(step, () -> scene.write("sub/theirs", "theirs")));
      scene.pass();
      assertThat(scene.pass().failures()).as("step %s", step).isEmpty();
      assertThat(scene.files())
          .as("step %s", step)
          .containsOnlyKeys("sub/a", "sub/b", "sub/deep/withdrawn-0-c", "sub/theirs")
          .containsEntry("sub/theirs", "theirs")
          .containsEntry("sub/b", "two");
    }
  }

  @Test
  void aDeathAtAnyStepLeavesNothingBehind() throws IOException {
    int steps = steps(scene());
    for (int step = 1; step <= steps; step++) {
      Scene scene = scene();
      on(scene, new FaultyDisk().killAt(step));
      assertThat(catchThrowable(scene::pass)).isInstanceOf(FaultyDisk.Killed.class);
      on(scene, new JdkDisk());
      assertThat(scene.pass().failures()).as("step %s", step).isEmpty();
      assertThat(scene.files()).hasSize(3);
      scene.source.commit("second", files -> files.put("sub/a", "more"));
      assertThat(scene.pass().failures()).isEmpty();
      assertThat(scene.staged()).as("step %s", step).isEmpty();
      assertThat(scene.quarantined()).as("step %s", step).isEmpty();
    }
  }

  @Test
  void aFileThatCannotBeStagedDoesNotComeWithItsDirectory() throws IOException {
    Scene scene = scene();
    scene.source.commit(
        "second",
        files -> {
          files.put("other/a", "one");
          files.put("other/pointer", LFS);
        });
    assertThat(scene.pass().failures()).hasSize(1);
    assertThat(scene.files()).containsKey("other/a").doesNotContainKey("other/pointer");
    assertThat(scene.staged()).isEmpty();
  }

  @Test
  void aFullDiskAtAnyStepLeavesNoHalfFile() throws IOException {
    int steps = steps(scene());
    for (int step = 1; step <= steps; step++) {
      Scene scene = scene();
      on(scene, new FaultyDisk().failAt(step, "No space left on device"));
      Throwable thrown = catchThrowable(scene::pass);
      assertThat(thrown == null || thrown instanceof GitOpsException).as("step %s", step).isTrue();
      assertThat(Set.of("one", "two", "three"))
          .as("step %s", step)
          .containsAll(scene.files().values());
      on(scene, new JdkDisk());
      assertThat(scene.pass().failures()).as("step %s", step).isEmpty();
      assertThat(scene.files()).hasSize(3);
    }
  }
}
