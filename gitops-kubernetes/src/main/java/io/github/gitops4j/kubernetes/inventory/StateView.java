package io.github.gitops4j.kubernetes.inventory;

import io.github.gitops4j.history.HistoryState;
import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.inventory.InventoryChange;
import io.github.gitops4j.inventory.InventoryRecord;
import io.github.gitops4j.kubernetes.inventory.InventoryChunks.Leaf;
import io.github.gitops4j.resource.KeyedSnapshot;
import io.github.gitops4j.resource.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Inventory and history as of one version of the head.
 *
 * <p>Immutable.
 *
 * @param version the version of the head; none if there is no head yet
 * @param head what it holds, or will
 * @param leaves the chunks that it names
 * @param inventory what follows for the inventory
 * @param history what follows for the history
 */
record StateView(
    Optional<String> version,
    StateHead head,
    List<Leaf> leaves,
    Inventory inventory,
    HistoryState history) {

  /**
   * Returns what follows from a head and its chunks.
   *
   * @throws IllegalArgumentException if the history in the head is broken
   */
  static StateView of(Optional<String> version, StateHead head, List<Leaf> leaves) {
    List<InventoryRecord> puts = new ArrayList<>();
    List<ResourceKey> removes = new ArrayList<>();
    for (InventoryChange change : head.inventory().changes().values()) {
      if (change instanceof InventoryChange.Put put) {
        puts.add(put.record());
      } else {
        removes.add(change.key());
      }
    }
    KeyedSnapshot<InventoryRecord> records =
        KeyedSnapshot.<InventoryRecord>of(InventoryChunks.records(leaves)).with(puts, removes);
    InventoryPart part = head.inventory();
    return new StateView(
        version,
        head,
        leaves,
        Inventory.of(head.owner(), part.sequence(), records, part.maskingKey()),
        head.history().state());
  }
}
