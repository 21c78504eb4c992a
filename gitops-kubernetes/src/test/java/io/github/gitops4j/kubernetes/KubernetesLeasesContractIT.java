package io.github.gitops4j.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.github.gitops4j.control.Leases;
import io.github.gitops4j.testkit.contract.LeasesContract;
import io.github.gitops4j.testkit.contract.LeasesFixture;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import io.github.gitops4j.testkit.kubernetes.TestNamespace;
import java.io.File;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ControlPlaneExtension.class)
class KubernetesLeasesContractIT extends LeasesContract {
  private final ControlPlane plane;

  KubernetesLeasesContractIT(ControlPlane plane) {
    this.plane = plane;
  }

  @Override
  protected LeasesFixture createFixture() {
    TestNamespace namespace = TestNamespace.in(plane);
    File kubeconfig = plane.kubeconfig().toFile();
    KubernetesClient client =
        new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig)).build();
    KubernetesCluster cluster = KubernetesCluster.over(client);
    return new LeasesFixture() {
      @Override
      public Leases open() {
        return KubernetesLeases.in(cluster, namespace.name(), "tests");
      }

      @Override
      public void close() {
        cluster.close();
        client.close();
        namespace.close();
      }
    };
  }
}
