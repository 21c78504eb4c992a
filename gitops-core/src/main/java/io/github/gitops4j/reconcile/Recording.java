package io.github.gitops4j.reconcile;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.inventory.InventoryChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What one pass writes to inventory and history, in as few steps as it takes: what has to be there
 * before a wave is written, together with the results of the wave before; and the last results
 * together with the end.
 *
 * <p>Confined to one reconcile call.
 */
final class Recording {
  private final Setup setup;
  private final Join join;
  private final CallContext call;
  private final List<HistoryEvent> events = new ArrayList<>();
  private final List<InventoryChange> results = new ArrayList<>();
  private Inventory inventory;

  Recording(Setup setup, Join join, Inventory inventory, CallContext call) {
    this.setup = setup;
    this.join = join;
    this.inventory = inventory;
    this.call = call;
  }

  /** Returns the inventory as of the last commit. */
  Inventory inventory() {
    return inventory;
  }

  /** Takes what happened; it is recorded with the next step. */
  void add(HistoryEvent event) {
    events.add(event);
  }

  /** Takes what a wave has done; it is recorded with the next step. */
  void add(List<InventoryChange> changes) {
    results.addAll(changes);
  }

  /** Records all that has to be there before the next write. */
  void beforeWrite(List<InventoryChange> intents) {
    // What was done is recorded even if the call was cancelled meanwhile: it did happen.
    CallContext within = results.isEmpty() ? call : setup.recording(call);
    List<InventoryChange> changes = new ArrayList<>(results);
    changes.addAll(intents);
    if (!commitJointly(changes, within)) {
      append(within);
      commit(changes, within);
    }
    results.clear();
  }

  /** Records all that is left. */
  void finish() {
    CallContext within = setup.recording(call);
    if (!commitJointly(results, within)) {
      commit(results, within);
      append(within);
    }
    results.clear();
  }

  /** Records what was done, when the pass cannot go on. */
  void finishAfter(RuntimeException failure) {
    try {
      commit(results, setup.recording(call));
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private boolean commitJointly(List<InventoryChange> changes, CallContext within) {
    if (changes.isEmpty() || events.isEmpty() || setup.target.ledger().isEmpty()) {
      return false;
    }
    Ledger ledger = setup.target.ledger().get();
    Instant now = setup.clock.instant();
    moveTo(ledger.commit(inventory.sequence(), new Ledger.Entry(changes, events, now), within));
    events.clear();
    return true;
  }

  private void commit(List<InventoryChange> changes, CallContext within) {
    if (!changes.isEmpty()) {
      moveTo(setup.target.inventory().commit(inventory.sequence(), changes, within));
    }
  }

  private void append(CallContext within) {
    for (HistoryEvent event : events) {
      setup.target.history().append(event, setup.clock.instant(), within);
    }
    events.clear();
  }

  private void moveTo(Inventory next) {
    join.committed(inventory.sequence(), next.sequence());
    inventory = next;
  }
}
