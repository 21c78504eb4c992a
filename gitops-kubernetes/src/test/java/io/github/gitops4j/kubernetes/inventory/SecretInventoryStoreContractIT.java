package io.github.gitops4j.kubernetes.inventory;

import io.github.gitops4j.inventory.InventoryStore;
import io.github.gitops4j.testkit.contract.Capability;
import io.github.gitops4j.testkit.contract.InventoryStoreContract;
import io.github.gitops4j.testkit.contract.StoreFixture;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ControlPlaneExtension.class)
class SecretInventoryStoreContractIT extends InventoryStoreContract {
  private final ControlPlane plane;

  SecretInventoryStoreContractIT(ControlPlane plane) {
    this.plane = plane;
  }

  @Override
  protected StoreFixture<InventoryStore> createFixture() {
    return new SecretStoreFixture<>(plane, SecretStores::inventory);
  }

  @Override
  protected Map<Capability, String> lacking() {
    return Map.of(
        Capability.TORN_WRITE,
        "the server writes a Secret whole",
        Capability.MEASURED_SIZE,
        "SecretStoresIT counts and measures requests in its place");
  }
}
