package io.github.gitops4j.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.CallContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that die, and two that want the same directory. */
class ProcessKillTest {
  private static final boolean SOAK = Boolean.getBoolean("gitops.soak");
  private static final int KILLS = SOAK ? 200 : 3;
  private static final int HALT_STRIDE = SOAK ? 1 : 331;
  private static final int OPERATIONS = 1300;

  @TempDir Path temp;

  @Test
  void aKilledProcessLeavesWholeFilesAndTheNextOneFinishes() throws Exception {
    Random random = new Random(1);
    for (int kill = 0; kill < KILLS; kill++) {
      Path root = directory("killed-" + kill);
      Process child = ChildProcess.start(root, 0);
      readLines(child, random.nextInt(ChildProcess.GENERATIONS - 1));
      child.destroyForcibly().waitFor();
      converges(root);
    }
  }

  @Test
  void aProcessThatHaltsAtAnOperationLeavesWholeFilesAndTheNextOneFinishes() throws Exception {
    for (int operation = 7; operation < OPERATIONS; operation += HALT_STRIDE) {
      Path root = directory("halted-" + operation);
      assertThat(ChildProcess.start(root, operation).waitFor()).isEqualTo(9);
      converges(root);
    }
  }

  @Test
  void twoProcessesOnOneDirectoryBothEndAndNothingIsTorn() throws Exception {
    Path root = directory("shared");
    Process one = ChildProcess.start(root, 0);
    Process two = ChildProcess.start(root, 0);
    assertThat(one.waitFor()).isZero();
    assertThat(two.waitFor()).isZero();
    converges(root);
  }

  private Path directory(String name) {
    Path root = temp.resolve(name);
    assertThat(root.toFile().mkdir()).isTrue();
    return root;
  }

  private static void readLines(Process child, int lines) throws IOException {
    BufferedReader reader = child.inputReader(StandardCharsets.UTF_8);
    for (int i = 0; i < lines; i++) {
      reader.readLine();
    }
  }

  private static void converges(Path root) {
    Scene scene = new Scene(root);
    scene.files().values().forEach(ProcessKillTest::assertWhole);
    Map<String, String> end = new TreeMap<>();
    int last = ChildProcess.GENERATIONS - 1;
    for (int generation = 0; generation <= last; generation++) {
      ChildProcess.commit(scene.source, generation);
    }
    for (int i = 0; i < ChildProcess.FILES; i++) {
      end.put("d" + i % 5 + "/f" + i, ChildProcess.content(last, i));
    }
    end.put("added/g" + last, ChildProcess.content(last, ChildProcess.FILES));
    assertThat(scene.pass().failures()).isEmpty();
    assertThat(scene.files()).isEqualTo(end);
    assertThat(scene.plan().isEmpty()).isTrue();
    assertThat(scene.target.history().newest(Integer.MAX_VALUE, CallContext.unbounded()))
        .isNotEmpty();
  }

  private static void assertWhole(String content) {
    String line = content.substring(0, content.indexOf('\n') + 1);
    assertThat(content).isEqualTo(line.repeat(40));
  }
}
