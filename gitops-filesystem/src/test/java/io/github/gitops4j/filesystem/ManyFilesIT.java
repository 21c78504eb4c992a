package io.github.gitops4j.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.apply.Effect;
import io.github.gitops4j.reconcile.ReconcileReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred thousand files in directories of 250. */
class ManyFilesIT {
  private static final int FILES = 100_000;
  private static final int IN_ONE = 250;

  @TempDir Path root;

  private static String path(int number) {
    return "d" + number / IN_ONE / 20 + "/e" + number / IN_ONE + "/f" + number;
  }

  private static String content(int number, int generation) {
    return "file " + number + " of generation " + (number % 100 == 0 ? generation : 0);
  }

  private static void declare(Scene scene, int generation) {
    scene.source.commit(
        "generation " + generation,
        files -> {
          for (int i = 0; i < FILES; i++) {
            files.put(path(i), content(i, generation));
          }
        });
  }

  private void assertLive(int generation) throws IOException {
    for (int i = 0; i < FILES; i++) {
      String live = Files.readString(root.resolve(path(i)));
      if (!live.equals(content(i, generation))) {
        assertThat(live).as(path(i)).isEqualTo(content(i, generation));
      }
    }
  }

  @Test
  void areWrittenFoundUnchangedChangedAndPutRight() throws IOException {
    Scene scene = new Scene(root);
    declare(scene, 0);
    assertThat(scene.pass().effects()).isEqualTo(Map.of(Effect.CREATED, FILES));
    assertLive(0);
    scene.restart();
    ReconcileReport again = scene.pass();
    assertThat(again.outcomes()).isEmpty();
    assertThat(again.plan().orElseThrow().inSync()).isEqualTo(FILES);
    declare(scene, 1);
    FaultyDisk disk = new FaultyDisk();
    scene.disk = disk;
    scene.restart();
    assertThat(scene.pass().effects()).isEqualTo(Map.of(Effect.UPDATED, FILES / 100));
    assertThat(disk.operations().stream().filter(each -> each.startsWith("syncfs"))).hasSize(2);
    Files.delete(root.resolve(path(4711)));
    scene.write(path(4712), "edited");
    scene.write("theirs", "not ours");
    assertThat(scene.pass().effects()).isEqualTo(Map.of(Effect.CREATED, 1, Effect.UPDATED, 1));
    assertLive(1);
    assertThat(scene.quarantined()).containsExactly(path(4712));
    assertThat(root.resolve("theirs")).hasContent("not ours");
  }
}
