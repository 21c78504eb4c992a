package io.github.gitops4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code gitops run} over a repository that is committed to and rewound, directories and a cluster
 * that somebody edits, a network that is cut, and kills. In the end everything is as declared, and
 * the histories are whole.
 */
class RunForeverIT {
  private static final boolean SOAK = Boolean.getBoolean("gitops.soak");
  private static final int APPLICATIONS = SOAK ? 50 : 8;
  private static final Duration TROUBLE = SOAK ? Duration.ofMinutes(15) : Duration.ofSeconds(45);
  private static final Duration PEACE = Duration.ofMinutes(3);
  private static final long SEED = 20261127;

  /** What a JVM ends with that was told to end. */
  private static final int TERMINATED = 128 + 15;

  private final Random random = new Random(SEED);
  @TempDir private Path directory;
  private Estate estate;
  private RunProcess gitops;

  @BeforeEach
  void begin() throws Exception {
    estate = Estate.create(directory, ControlPlane.start(), APPLICATIONS);
    gitops = RunProcess.start(directory);
  }

  @AfterEach
  void end() {
    gitops.kill();
    estate.close();
  }

  @Test
  void whateverHappensAllIsAsDeclaredInTheEndAndTheHistoriesAreWhole() throws Exception {
    long until = System.nanoTime() + TROUBLE.toNanos();
    int steps = 0;
    while (System.nanoTime() - until < 0) {
      trouble();
      steps++;
      estate.rest(random.nextInt(SOAK ? 1000 : 400));
    }
    estate.connect();
    if (!gitops.isAlive()) {
      gitops = RunProcess.start(directory);
    }
    Awaitility.await()
        .atMost(PEACE)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> assertThat(estate.differences()).as(gitops.said()).isEmpty());
    assertThat(gitops.end()).as(gitops.said()).isEqualTo(TERMINATED);

    assertThat(RunProcess.once(directory, "plan")).as("after %s steps", steps).isZero();
    assertThat(RunProcess.once(directory, "history", "--verify")).isZero();
    assertThat(new Histories(RunProcess.output(directory, "history", "--limit", "100000")).wrong())
        .isEmpty();
  }

  private void trouble() throws Exception {
    int dice = random.nextInt(100);
    if (dice < 40) {
      estate.commit(random);
    } else if (dice < 75) {
      estate.edit(random);
    } else if (dice < 85) {
      gitops.kill();
      gitops = RunProcess.start(directory);
    } else if (dice < 93) {
      estate.cut(random);
    } else {
      estate.rewindAndReturn(random);
    }
  }
}
