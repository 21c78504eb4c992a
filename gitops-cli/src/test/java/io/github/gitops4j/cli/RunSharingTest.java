package io.github.gitops4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.cli.SharedRuns.Run;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gitops run --share}, with what keeps leases in memory. */
class RunSharingTest {
  @TempDir Path directory;
  private SharedRuns runs;
  private FakeLeases leases;
  private String kubeconfig;

  @BeforeEach
  void open() throws Exception {
    runs = new SharedRuns(directory, 3);
    runs.declare(80);
    leases = FakeLeases.start();
    kubeconfig = leases.kubeconfig(directory).toString();
  }

  @AfterEach
  void close() {
    leases.close();
  }

  private Run share() {
    return runs.start("--share", "gitops/platform", "--share-kubeconfig", kubeconfig);
  }

  @Test
  void anotherProcessGoesOnWithWhatOneThatEndsHadTaken() throws Exception {
    Run first = share();
    Awaitility.await().atMost(SharedRuns.LIMIT).until(() -> runs.areLive(80));
    Set<String> before = leases.holders();
    assertThat(before).hasSize(1);

    Run second = share();
    assertThat(first.end()).as(first.said()).isZero();
    runs.declare(81);
    Awaitility.await().atMost(SharedRuns.LIMIT).until(() -> runs.areLive(81));
    assertThat(leases.holders()).hasSize(1).doesNotContainAnyElementsOf(before);
    assertThat(second.end()).as(second.said()).isZero();
    assertThat(leases.holders()).isEmpty();
  }

  private String refused(String... options) throws Exception {
    Run run = runs.start(options);
    assertThat(run.exit().get(SharedRuns.LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(runs.areLive(80)).as("nothing has begun").isFalse();
    return run.said();
  }

  @Test
  void whatDoesNotFitTogetherIsAnError() throws Exception {
    assertThat(refused("--share", "gitops/platform"))
        .contains("--share: expected both --share and --share-kubeconfig");
    assertThat(refused("--share-kubeconfig", kubeconfig))
        .contains("--share-kubeconfig: expected both");
    assertThat(refused("--share", "platform", "--share-kubeconfig", kubeconfig))
        .contains("--share: expected a namespace and a name such as gitops/platform");
    String lock = directory.resolve("lock").toString();
    assertThat(refused("--share", "a/b", "--share-kubeconfig", kubeconfig, "--lock", lock))
        .contains("--share: expected either --share or --lock");
  }

  @Test
  void leasesThatCannotBeReadAreAnErrorAtTheBeginning() throws Exception {
    String absent = directory.resolve("absent").toString();
    assertThat(refused("--share", "gitops/platform", "--share-kubeconfig", absent))
        .contains("absent: reading the kubeconfig failed")
        .hasLineCount(1);
    assertThat(refused("--share", "elsewhere/platform", "--share-kubeconfig", kubeconfig))
        .contains("listing leases")
        .hasLineCount(1);
  }
}
