package io.github.gitops4j.kubernetes;

import io.github.gitops4j.testkit.contract.DifferContract;
import io.github.gitops4j.testkit.contract.TargetFixture;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ControlPlaneExtension.class)
class KubernetesDifferContractIT extends DifferContract {
  private final ControlPlane plane;

  KubernetesDifferContractIT(ControlPlane plane) {
    this.plane = plane;
  }

  @Override
  protected TargetFixture createFixture() {
    return new PlaneTargetFixture(plane);
  }
}
