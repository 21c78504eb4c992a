package io.github.gitops4j.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.kubernetes.KubernetesTarget;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlane.Feature;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import io.github.gitops4j.testkit.kubernetes.TestNamespace;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How to test deployment logic on a real control plane. */
@ExtendWith(ControlPlaneExtension.class)
class ClusterReleaseIT {
  /** How the pods of a revision fare. */
  private enum Pods {
    RUN(600, "{}"),
    FIND_NO_NODE(1, "{disk: none}");

    private final int deadlineSeconds;
    private final String node;

    Pods(int deadlineSeconds, String node) {
      this.deadlineSeconds = deadlineSeconds;
      this.node = node;
    }
  }

  private final ControlPlane plane;
  private final TestNamespace namespace;
  private final KubernetesClient client;
  private final KubernetesTarget target;
  private final InMemoryTreeSource source = InMemoryTreeSource.empty();

  ClusterReleaseIT(ControlPlane plane, TestNamespace namespace) {
    plane.requires(Feature.CONTROLLERS, Feature.SCHEDULER, Feature.NODE);
    this.plane = plane;
    this.namespace = namespace;
    this.client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(plane.kubeconfig().toFile()))
            .build();
    this.target = ClusterRelease.target(client, namespace.name());
  }

  @AfterEach
  void close() {
    target.close();
    client.close();
  }

  @Test
  void aReleaseThatDoesNotBecomeHealthyIsTakenBack() {
    commit("web:1", Pods.RUN);
    assertThat(release().converged()).isTrue();

    commit("web:2", Pods.FIND_NO_NODE);
    ReconcileReport report = release();

    assertThat(report.converged()).isTrue();
    assertThat(live()).contains("\"image\":\"web:1\"").doesNotContain("disk");
  }

  @Test
  void whatWasTakenBackIsNotTriedAgainButTheNextCommitIs() {
    commit("web:1", Pods.RUN);
    release();
    commit("web:2", Pods.FIND_NO_NODE);
    release();

    assertThat(release().changedAnything()).isFalse();

    commit("web:3", Pods.RUN);
    assertThat(release().converged()).isTrue();
    assertThat(live()).contains("\"image\":\"web:3\"");
  }

  private ReconcileReport release() {
    CallContext call = CallContext.withTimeout(Duration.ofMinutes(2));
    return new ClusterRelease(source, target).release(call);
  }

  private void commit(String image, Pods pods) {
    source.commit(
        image,
        files ->
            files.put(
                "web.yaml",
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec:
                  progressDeadlineSeconds: %d
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec: {nodeSelector: %s, containers: [{name: web, image: "%s"}]}
                """
                    .formatted(pods.deadlineSeconds, pods.node, image)));
  }

  private String live() {
    return plane.client().get(namespace.path("apps/v1", "deployments/web")).body();
  }
}
