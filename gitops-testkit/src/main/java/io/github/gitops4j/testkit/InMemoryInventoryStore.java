package io.github.gitops4j.testkit;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InventoryException;
import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.inventory.InventoryChange;
import io.github.gitops4j.inventory.InventoryStore;
import io.github.gitops4j.resource.KeyedSnapshot;
import io.github.gitops4j.resource.Sensitive;
import java.util.Arrays;
import java.util.List;

/**
 * An inventory in memory. Survives a "crash" of the engine as long as the object is kept.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class InMemoryInventoryStore implements InventoryStore {
  private static final int KEY_BYTES = 32;

  private final Object lock = new Object();
  private Inventory inventory;
  private boolean readable = true;

  private InMemoryInventoryStore(String owner) {
    byte[] key = new byte[KEY_BYTES];
    // The same in every run: tests want deterministic plans, and there is no secret in a test.
    Arrays.fill(key, (byte) 7);
    this.inventory = Inventory.of(owner, 0, KeyedSnapshot.empty(), Sensitive.of(key));
  }

  /** Creates an empty inventory. */
  public static InMemoryInventoryStore ownedBy(String owner) {
    return new InMemoryInventoryStore(owner);
  }

  /** Makes every read and commit fail from now on. */
  public void makeUnreadable() {
    synchronized (lock) {
      readable = false;
    }
  }

  /** Lets reads and commits succeed again. */
  public void makeReadable() {
    synchronized (lock) {
      readable = true;
    }
  }

  @Override
  public Inventory read(CallContext call) {
    call.checkActive("read inventory");
    synchronized (lock) {
      checkReadable();
      return inventory;
    }
  }

  private void checkReadable() {
    if (!readable) {
      throw new InventoryException(
          FailureCategory.INTERNAL, "inventory: reading failed: made unreadable by the test");
    }
  }

  @Override
  public Inventory commit(long expectedSequence, List<InventoryChange> changes, CallContext call) {
    call.checkActive("commit inventory");
    synchronized (lock) {
      checkReadable();
      if (inventory.sequence() != expectedSequence) {
        throw new InventoryException(
            FailureCategory.STALE,
            "inventory: commit failed: expected sequence "
                + expectedSequence
                + ", found "
                + inventory.sequence());
      }
      inventory = inventory.with(changes);
      return inventory;
    }
  }
}
