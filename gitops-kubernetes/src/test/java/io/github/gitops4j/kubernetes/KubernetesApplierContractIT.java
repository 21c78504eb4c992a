package io.github.gitops4j.kubernetes;

import io.github.gitops4j.testkit.contract.ApplierContract;
import io.github.gitops4j.testkit.contract.Capability;
import io.github.gitops4j.testkit.contract.TargetFixture;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ControlPlaneExtension.class)
class KubernetesApplierContractIT extends ApplierContract {
  private final ControlPlane plane;

  KubernetesApplierContractIT(ControlPlane plane) {
    this.plane = plane;
  }

  @Override
  protected TargetFixture createFixture() {
    return new PlaneTargetFixture(plane);
  }

  @Override
  protected Map<Capability, String> lacking() {
    return Map.of(Capability.KEPT_ASIDE, "a cluster has no place for what gave way");
  }
}
