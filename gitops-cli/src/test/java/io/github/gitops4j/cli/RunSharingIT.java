package io.github.gitops4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.cli.SharedRuns.Run;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlane.User;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import io.github.gitops4j.testkit.kubernetes.TestNamespace;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code gitops run --share} on a control plane. */
@ExtendWith(ControlPlaneExtension.class)
class RunSharingIT {
  private static final Pattern SHARD =
      Pattern.compile("\"name\":\"platform-shard-[^}]*?\\}.*?\"spec\":\\{([^}]*)\\}");
  private static final Pattern HOLDER = Pattern.compile("\"holderIdentity\":\"([^\"]+)\"");

  @TempDir Path directory;

  /** Returns who holds shards. */
  private static Set<String> holders(ControlPlane plane, TestNamespace namespace) {
    String path = "/apis/coordination.k8s.io/v1/namespaces/" + namespace.name() + "/leases";
    Set<String> holders = new TreeSet<>();
    Matcher shards = SHARD.matcher(plane.client().get(path).body());
    while (shards.find()) {
      Matcher holder = HOLDER.matcher(shards.group(1));
      if (holder.find()) {
        holders.add(holder.group(1));
      }
    }
    return holders;
  }

  @Test
  void twoProcessesShareTheApplicationsAndOneGoesOnAlone(
      ControlPlane plane, TestNamespace namespace) throws Exception {
    SharedRuns runs = new SharedRuns(directory, 8);
    runs.declare(80);
    String[] options = {
      "--share", namespace.name() + "/platform", "--share-kubeconfig", plane.kubeconfig().toString()
    };
    Run first = runs.start(options);
    Run second = runs.start(options);
    Awaitility.await()
        .atMost(SharedRuns.LIMIT)
        .until(() -> runs.areLive(80) && holders(plane, namespace).size() == 2);

    assertThat(first.end()).as(first.said()).isZero();
    runs.declare(81);
    Awaitility.await().atMost(SharedRuns.LIMIT).until(() -> runs.areLive(81));
    assertThat(holders(plane, namespace)).hasSize(1);
    assertThat(second.end()).as(second.said()).isZero();
    assertThat(holders(plane, namespace)).isEmpty();
  }

  @Test
  void whoMayNotReadLeasesIsToldAtTheBeginning(ControlPlane plane, TestNamespace namespace)
      throws Exception {
    SharedRuns runs = new SharedRuns(directory, 1);
    runs.declare(80);
    String kubeconfig = plane.kubeconfig(User.LIMITED).toString();
    Run run =
        runs.start("--share", namespace.name() + "/platform", "--share-kubeconfig", kubeconfig);
    assertThat(run.exit().get(SharedRuns.LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(run.said()).contains("listing leases failed", "forbidden").hasLineCount(1);
    assertThat(runs.areLive(80)).isFalse();
  }
}
