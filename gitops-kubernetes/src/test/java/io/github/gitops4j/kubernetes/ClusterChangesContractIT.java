package io.github.gitops4j.kubernetes;

import io.github.gitops4j.testkit.contract.ChangeFeedContract;
import io.github.gitops4j.testkit.contract.TargetFixture;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ControlPlaneExtension.class)
class ClusterChangesContractIT extends ChangeFeedContract {
  private final ControlPlane plane;

  ClusterChangesContractIT(ControlPlane plane) {
    this.plane = plane;
  }

  @Override
  protected TargetFixture createFixture() {
    return new PlaneTargetFixture(plane);
  }
}
