package io.github.gitops4j.filesystem;

import io.github.gitops4j.inventory.InventoryStore;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.testkit.contract.InventoryStoreContract;
import io.github.gitops4j.testkit.contract.StoreFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileInventoryStoreContractTest extends InventoryStoreContract {
  @TempDir Path temp;

  @Override
  protected StoreFixture<InventoryStore> createFixture() {
    return new FileStateFixture<>(temp, StateDirectory.INVENTORY, Target::inventory);
  }
}
