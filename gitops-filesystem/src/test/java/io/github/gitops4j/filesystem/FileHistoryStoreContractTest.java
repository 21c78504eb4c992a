package io.github.gitops4j.filesystem;

import io.github.gitops4j.history.HistoryStore;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.testkit.contract.HistoryStoreContract;
import io.github.gitops4j.testkit.contract.StoreFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileHistoryStoreContractTest extends HistoryStoreContract {
  @TempDir Path temp;

  @Override
  protected StoreFixture<HistoryStore> createFixture() {
    return new FileStateFixture<>(temp, StateDirectory.HISTORY, Target::history);
  }
}
