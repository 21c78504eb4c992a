package io.github.gitops4j.inventory;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.Keyed;
import io.github.gitops4j.resource.ResourceKey;

/**
 * One change of the inventory.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public sealed interface InventoryChange extends Keyed
    permits InventoryChange.Put, InventoryChange.Remove {

  /**
   * Add or replace a record.
   *
   * @param record the record
   */
  record Put(InventoryRecord record) implements InventoryChange {
    /** Checks the parts. */
    public Put {
      requireNonNull(record, "record");
    }

    @Override
    public ResourceKey key() {
      return record.key();
    }
  }

  /**
   * Forget a record; forgetting one that is not there is no error.
   *
   * @param key its key
   */
  record Remove(ResourceKey key) implements InventoryChange {
    /** Checks the parts. */
    public Remove {
      requireNonNull(key, "key");
    }
  }
}
