package io.github.gitops4j.inventory;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.KeyedSnapshot;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.Sensitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The inventory as of one sequence number.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class Inventory {
  private final String owner;
  private final long sequence;
  private final KeyedSnapshot<InventoryRecord> records;
  private final Sensitive<byte[]> maskingKey;

  private Inventory(
      String owner,
      long sequence,
      KeyedSnapshot<InventoryRecord> records,
      Sensitive<byte[]> maskingKey) {
    this.owner = requireNonNull(owner, "owner");
    this.sequence = sequence;
    this.records = requireNonNull(records, "records");
    this.maskingKey = requireNonNull(maskingKey, "maskingKey");
  }

  /**
   * Creates an inventory.
   *
   * @param owner id of who owns the records; other inventories have other owners
   * @param maskingKey random bytes kept with the inventory, under which sensitive values are
   *     digested
   */
  public static Inventory of(
      String owner,
      long sequence,
      KeyedSnapshot<InventoryRecord> records,
      Sensitive<byte[]> maskingKey) {
    return new Inventory(owner, sequence, records, maskingKey);
  }

  /** Returns the inventory after changes, under the next sequence number. */
  public Inventory with(List<InventoryChange> changes) {
    List<InventoryRecord> puts = new ArrayList<>();
    List<ResourceKey> removes = new ArrayList<>();
    for (InventoryChange change : changes) {
      if (change instanceof InventoryChange.Put put) {
        puts.add(put.record());
      } else {
        removes.add(change.key());
      }
    }
    return new Inventory(owner, sequence + 1, records.with(puts, removes), maskingKey);
  }

  /** Returns who owns the records. */
  public String owner() {
    return owner;
  }

  /** Returns the sequence number; it grows by one with each commit. */
  public long sequence() {
    return sequence;
  }

  /** Returns the number of records. */
  public int size() {
    return records.size();
  }

  /** Returns the record of a key. */
  public Optional<InventoryRecord> get(ResourceKey key) {
    return records.get(key);
  }

  /** Gives each record to the visitor, in no particular order. */
  public void forEach(Consumer<InventoryRecord> visitor) {
    records.forEach(visitor);
  }

  /** Returns the key under which sensitive values are digested. */
  public Sensitive<byte[]> maskingKey() {
    return maskingKey;
  }

  @Override
  public String toString() {
    return "Inventory[" + owner + " #" + sequence + ", " + records.size() + " records]";
  }
}
