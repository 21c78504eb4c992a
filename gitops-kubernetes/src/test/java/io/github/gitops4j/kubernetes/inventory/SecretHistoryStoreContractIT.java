package io.github.gitops4j.kubernetes.inventory;

import io.github.gitops4j.history.HistoryStore;
import io.github.gitops4j.testkit.contract.Capability;
import io.github.gitops4j.testkit.contract.HistoryStoreContract;
import io.github.gitops4j.testkit.contract.StoreFixture;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ControlPlaneExtension.class)
class SecretHistoryStoreContractIT extends HistoryStoreContract {
  private final ControlPlane plane;

  SecretHistoryStoreContractIT(ControlPlane plane) {
    this.plane = plane;
  }

  @Override
  protected StoreFixture<HistoryStore> createFixture() {
    return new SecretStoreFixture<>(plane, SecretStores::history);
  }

  @Override
  protected Map<Capability, String> lacking() {
    return Map.of(Capability.TORN_WRITE, "the server writes a Secret whole");
  }
}
