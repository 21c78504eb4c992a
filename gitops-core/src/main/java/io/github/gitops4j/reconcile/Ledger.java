package io.github.gitops4j.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.inventory.InventoryChange;
import java.time.Instant;
import java.util.List;

/**
 * Changes the inventory of a target and adds to its history in one step, where both are kept in one
 * place. It saves requests; a target works without it.
 *
 * <ul>
 *   <li>LED-1: a commit changes the inventory as {@link
 *       io.github.gitops4j.inventory.InventoryStore#commit} does, and adds a record for each event,
 *       in order, as {@link io.github.gitops4j.history.HistoryStore#append} does; both stores of
 *       the target give it from then on.
 *   <li>LED-2: it fails with {@link io.github.gitops4j.error.FailureCategory#STALE} if the sequence
 *       is not the expected one; then neither the inventory is changed nor a record added.
 *   <li>LED-3: it is atomic: after a crash both are there or neither.
 *   <li>LED-4: a record that somebody adds to the history meanwhile is no reason to fail.
 *   <li>LED-5: a call that was cancelled or is past its deadline throws and changes nothing.
 * </ul>
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Ledger {
  /**
   * Changes the inventory and adds to the history.
   *
   * @param expectedSequence sequence of the inventory that the changes were made for
   * @return the inventory after the changes
   * @throws io.github.gitops4j.error.InventoryException if the sequence moved or it cannot be
   *     written
   */
  Inventory commit(long expectedSequence, Entry entry, CallContext call);

  /**
   * What is written in one step.
   *
   * @param changes changes of the inventory, at most one for each key
   * @param events what happened, in order
   * @param time when it is recorded
   */
  record Entry(List<InventoryChange> changes, List<HistoryEvent> events, Instant time) {
    /** Copies the lists. */
    public Entry {
      changes = List.copyOf(changes);
      events = List.copyOf(events);
      requireNonNull(time, "time");
    }
  }
}
