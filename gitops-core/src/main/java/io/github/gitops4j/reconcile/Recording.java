package io.github.gitops4j.reconcile;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InventoryException;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.inventory.Applied;
import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.inventory.InventoryChange;
import io.github.gitops4j.inventory.InventoryRecord;
import io.github.gitops4j.resource.ContentDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one pass writes to inventory and history, in as few steps as it takes: what has to be there
 * before a wave is written, together with the results of the wave before; and the last results
 * together with the end.
 *
 * <p>Confined to one reconcile call.
 */
final class Recording {
  private static final int ATTEMPTS = 3;

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

  /**
   * Records what was done, when the pass cannot go on, be it because somebody else has changed the
   * inventory meanwhile.
   */
  void finishAfter(RuntimeException failure) {
    try {
      commitBesideOthers(setup.recording(call));
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private void commitBesideOthers(CallContext within) {
    for (int attempt = 1; !results.isEmpty(); attempt++) {
      try {
        commit(results, within);
        results.clear();
      } catch (InventoryException e) {
        if (e.failure().category() != FailureCategory.STALE || attempt == ATTEMPTS) {
          throw e;
        }
        Inventory theirs = setup.target.inventory().read(within);
        results.removeIf(change -> !stillHolds(change, theirs));
        results.replaceAll(change -> beside(change, theirs));
        inventory = theirs;
      }
    }
  }

  /**
   * A result holds unless somebody has recorded another one of the same key since. What we wrote
   * and nobody claims is ours.
   */
  private boolean stillHolds(InventoryChange change, Inventory theirs) {
    Optional<InventoryRecord> before = inventory.get(change.key());
    Optional<InventoryRecord> now = theirs.get(change.key());
    return change instanceof InventoryChange.Put
        ? now.isEmpty() || applied(before).equals(applied(now))
        : before.equals(now);
  }

  private static Optional<Applied> applied(Optional<InventoryRecord> record) {
    return record.flatMap(InventoryRecord::applied);
  }

  /** What is recorded as intended may be somebody else's intent by now, so it stays. */
  private static InventoryChange beside(InventoryChange change, Inventory theirs) {
    Optional<InventoryRecord> now = theirs.get(change.key());
    Optional<ContentDigest> intended = now.flatMap(InventoryRecord::intended);
    return change instanceof InventoryChange.Put put && intended.isPresent()
        ? new InventoryChange.Put(
            put.record().intending(intended.get(), now.orElseThrow().traits()))
        : change;
  }

  private boolean commitJointly(List<InventoryChange> changes, CallContext within) {
    if (changes.isEmpty() || events.isEmpty() || setup.target.ledger().isEmpty()) {
      return false;
    }
    Ledger ledger = setup.target.ledger().get();
    Instant now = setup.clock.instant();
    Ledger.Entry entry = new Ledger.Entry(changes, events, now);
    moveTo("ledger", changes, ledger.commit(inventory.sequence(), entry, within));
    events.clear();
    return true;
  }

  private void commit(List<InventoryChange> changes, CallContext within) {
    if (!changes.isEmpty()) {
      moveTo(
          "inventory store",
          changes,
          setup.target.inventory().commit(inventory.sequence(), changes, within));
    }
  }

  private void append(CallContext within) {
    for (HistoryEvent event : events) {
      setup.target.history().append(event, setup.clock.instant(), within);
    }
    events.clear();
  }

  /** A store that keeps nothing would let us write what nobody knows to be ours. */
  private void moveTo(String who, List<InventoryChange> changes, Inventory committed) {
    Inventory next = Setup.given(who, committed);
    if (next.sequence() <= inventory.sequence()) {
      throw Setup.defect(who, "the inventory of before the commit");
    }
    for (InventoryChange change : changes) {
      if (!next.get(change.key()).equals(after(change))) {
        throw Setup.defect(who, "an inventory without what was committed");
      }
    }
    join.committed(inventory.sequence(), next.sequence());
    inventory = next;
  }

  private static Optional<InventoryRecord> after(InventoryChange change) {
    return change instanceof InventoryChange.Put put ? Optional.of(put.record()) : Optional.empty();
  }
}
