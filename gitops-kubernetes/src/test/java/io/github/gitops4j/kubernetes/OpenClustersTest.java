package io.github.gitops4j.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets the same cluster, and until when. */
class OpenClustersTest {
  private final OpenClusters clusters = new OpenClusters();
  private Kubeconfig kubeconfig;

  @BeforeEach
  void write(@TempDir Path directory) throws IOException {
    kubeconfig = named(directory.resolve("config"), "first");
    write("one");
  }

  private void write(String token) throws IOException {
    Files.writeString(
        kubeconfig.file(),
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: c, cluster: {server: "http://127.0.0.1:1"}}]
        users: [{name: u, user: {token: "%s"}}]
        contexts:
        - {name: first, context: {cluster: c, user: u}}
        - {name: second, context: {cluster: c, user: u}}
        current-context: first
        """
            .formatted(token));
  }

  private static Kubeconfig named(Path file, String context) {
    return new Kubeconfig(file, Optional.of(context), Kubeconfig.Programs.REFUSED);
  }

  @Test
  void whoNamesTheSameGetsTheSame() {
    assertThat(clusters.open(kubeconfig))
        .isSameAs(clusters.open(named(kubeconfig.file(), "first")))
        .isNotSameAs(clusters.open(named(kubeconfig.file(), "second")));
  }

  @Test
  void otherCredentialsAreAnotherCluster() throws IOException {
    KubernetesCluster before = clusters.open(kubeconfig);
    write("two");
    KubernetesCluster after = clusters.open(kubeconfig);

    assertThat(after).isNotSameAs(before);
    clusters.close(before);
    assertThat(clusters.open(kubeconfig)).isSameAs(after);
  }

  @Test
  void theLastOneClosesIt() {
    KubernetesCluster cluster = clusters.open(kubeconfig);
    clusters.open(kubeconfig);

    clusters.close(cluster);
    assertThat(clusters.open(kubeconfig)).isSameAs(cluster);

    clusters.close(cluster);
    clusters.close(cluster);
    assertThat(clusters.open(kubeconfig)).isNotSameAs(cluster);
  }

  @Test
  void aTargetGivesItBackOnce() {
    KubernetesCluster cluster = clusters.open(kubeconfig);
    clusters.open(kubeconfig);
    KubernetesTarget target =
        KubernetesTarget.builder(cluster, "tests/open").closing(clusters::close).build();

    target.close();
    target.close();

    assertThat(clusters.open(kubeconfig)).isSameAs(cluster);
  }
}
