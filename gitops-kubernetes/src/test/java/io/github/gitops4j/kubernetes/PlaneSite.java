package io.github.gitops4j.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.TestNamespace;

/**
 * A namespace of its own on a control plane, and a client that may do all.
 *
 * @param namespace the namespace
 * @param client the client
 */
public record PlaneSite(TestNamespace namespace, KubernetesClient client) implements AutoCloseable {
  /** Makes a namespace and opens a client. */
  public static PlaneSite in(ControlPlane plane) {
    return new PlaneSite(
        TestNamespace.in(plane),
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(plane.kubeconfig().toFile()))
            .build());
  }

  @Override
  public void close() {
    client.close();
    namespace.close();
  }
}
