package io.github.gitops4j.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two set a root up at the same time. */
final class StateDirectorySetUpTest {
  @TempDir Path temp;

  @Test
  void whoeverComesSecondAtAnyMomentTakesWhatIsThere() throws Exception {
    int operations = operationsOfASetUp();
    assertThat(operations).isGreaterThan(5);

    for (int n = 1; n <= operations; n++) {
      Path root = Files.createDirectory(temp.resolve("root" + n));
      StateDirectory other = new StateDirectory(root, new JdkDisk());
      Thread rival = new Thread(other::initialise);
      FaultyDisk disk = new FaultyDisk().at(n, () -> startAndLetItGetAsFarAsItCan(rival));

      String id = new StateDirectory(root, disk).initialise().id();
      rival.join();

      assertThat(other.initialise().id()).as("at operation " + n).isEqualTo(id);
      assertThat(new StateDirectory(root, new JdkDisk()).initialise().id()).isEqualTo(id);
    }
  }

  private int operationsOfASetUp() throws IOException {
    FaultyDisk disk = new FaultyDisk();
    new StateDirectory(Files.createDirectory(temp.resolve("counted")), disk).initialise();
    return disk.operations().size();
  }

  private static void startAndLetItGetAsFarAsItCan(Thread rival) {
    rival.start();
    while (rival.getState() != Thread.State.BLOCKED && rival.isAlive()) {
      Thread.onSpinWait();
    }
  }
}
