package io.github.gitops4j.kubernetes.inventory;

import io.github.gitops4j.kubernetes.KubernetesTarget;
import io.github.gitops4j.kubernetes.PlaneSite;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.testkit.contract.LedgerContract;
import io.github.gitops4j.testkit.contract.StoreFixture;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ControlPlaneExtension.class)
class SecretLedgerContractIT extends LedgerContract {
  private final ControlPlane plane;

  SecretLedgerContractIT(ControlPlane plane) {
    this.plane = plane;
  }

  @Override
  protected StoreFixture<Target> createFixture() {
    return new TargetOnAPlane(PlaneSite.in(plane));
  }

  private static final class TargetOnAPlane implements StoreFixture<Target> {
    private final PlaneSite site;
    private final Target target;

    TargetOnAPlane(PlaneSite site) {
      this.site = site;
      this.target = reopen();
    }

    @Override
    public Target store() {
      return target;
    }

    @Override
    public Target reopen() {
      return KubernetesTarget.builder(site.client(), "tests/kit")
          .defaultNamespace(site.namespace().name())
          .build();
    }

    @Override
    public void close() {
      site.close();
    }
  }
}
