package io.github.gitops4j.kubernetes.inventory;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.HistoryException;
import io.github.gitops4j.error.InventoryException;
import io.github.gitops4j.history.HistoryAuditor;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.history.HistoryRecord;
import io.github.gitops4j.history.HistoryState;
import io.github.gitops4j.history.HistoryStore;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * The history of a {@link StateLedger}.
 *
 * <p>Thread-safe.
 */
final class SecretHistoryStore implements HistoryStore {
  private final StateLedger ledger;

  SecretHistoryStore(StateLedger ledger) {
    this.ledger = ledger;
  }

  @Override
  public HistoryRecord append(HistoryEvent event, Instant time, CallContext call) {
    return failing(
        () -> {
          List<HistoryRecord> tail = ledger.append(event, time, call).head().history().tail();
          return tail.get(tail.size() - 1);
        });
  }

  @Override
  public HistoryState state(CallContext call) {
    return failing(() -> ledger.look(call).history());
  }

  @Override
  public List<HistoryRecord> newest(int limit, CallContext call) {
    return failing(() -> ledger.newest(limit, call));
  }

  @Override
  public void audit(HistoryAuditor auditor, CallContext call) {
    failing(
        () -> {
          ledger.audit(auditor, call);
          return auditor;
        });
  }

  /** The Secrets are the same, the stage is another. */
  private static <T> T failing(Supplier<T> work) {
    try {
      return work.get();
    } catch (InventoryException e) {
      throw new HistoryException(e.failure());
    }
  }
}
