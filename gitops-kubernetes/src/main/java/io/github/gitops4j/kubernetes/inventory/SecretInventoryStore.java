package io.github.gitops4j.kubernetes.inventory;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.inventory.InventoryChange;
import io.github.gitops4j.inventory.InventoryStore;
import io.github.gitops4j.reconcile.Ledger;
import java.time.Instant;
import java.util.List;

/**
 * The inventory of a {@link StateLedger}.
 *
 * <p>Thread-safe.
 */
final class SecretInventoryStore implements InventoryStore {
  private final StateLedger ledger;

  SecretInventoryStore(StateLedger ledger) {
    this.ledger = ledger;
  }

  @Override
  public Inventory read(CallContext call) {
    return ledger.look(call).inventory();
  }

  @Override
  public Inventory commit(long expectedSequence, List<InventoryChange> changes, CallContext call) {
    Ledger.Entry entry = new Ledger.Entry(changes, List.of(), Instant.EPOCH);
    return ledger.commit(expectedSequence, entry, call).inventory();
  }
}
