package io.github.gitops4j.inventory;

import io.github.gitops4j.call.CallContext;
import java.util.List;

/**
 * Keeps the inventory of one target and owner.
 *
 * <ul>
 *   <li>INV-1: {@link #read} gives what the last successful commit left; before the first one, an
 *       empty inventory of sequence 0.
 *   <li>INV-2: {@link #commit} is atomic: after a crash all of its changes are there or none.
 *   <li>INV-3: it fails with {@link io.github.gitops4j.error.FailureCategory#STALE} and changes
 *       nothing if the sequence is not the expected one.
 *   <li>INV-4: it costs the changes and not the size.
 *   <li>INV-5: an inventory that cannot be read throws; it is never taken for empty.
 *   <li>INV-6: when it returns, the commit survives a crash of the process, and of the machine if
 *       the backend can promise it.
 *   <li>INV-7: reading an unchanged inventory again is cheap and gives the same sequence.
 *   <li>INV-8: the masking key has at least 32 random bytes and stays the same.
 *   <li>INV-9: a call that was cancelled or is past its deadline throws and changes nothing. The
 *       engine records what was done already with a call that is not.
 * </ul>
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public interface InventoryStore {
  /**
   * Reads the inventory.
   *
   * @throws io.github.gitops4j.error.InventoryException if it cannot be read
   */
  Inventory read(CallContext call);

  /**
   * Changes the inventory.
   *
   * @param expectedSequence sequence of the inventory that the changes were made for
   * @param changes at most one for each key
   * @return the inventory after the changes
   * @throws io.github.gitops4j.error.InventoryException if the sequence moved or it cannot be
   *     written
   */
  Inventory commit(long expectedSequence, List<InventoryChange> changes, CallContext call);
}
