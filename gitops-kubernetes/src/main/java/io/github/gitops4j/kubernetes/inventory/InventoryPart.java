package io.github.gitops4j.kubernetes.inventory;

import io.github.gitops4j.inventory.InventoryChange;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.Sensitive;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the head says of the inventory: the chunks, and what has changed since they were written.
 *
 * <p>Immutable.
 *
 * @param sequence the sequence of the inventory
 * @param maskingKey its masking key
 * @param chunks where the records are, in the order of their keys
 * @param changes at most one for each key; they count before what the chunks say
 */
record InventoryPart(
    long sequence,
    Sensitive<byte[]> maskingKey,
    List<Chunk> chunks,
    SortedMap<ResourceKey, InventoryChange> changes) {

  InventoryPart {
    chunks = List.copyOf(chunks);
    changes = Collections.unmodifiableSortedMap(new TreeMap<>(changes));
  }

  /**
   * A Secret with records of the inventory.
   *
   * @param secret its name
   * @param first the first key that belongs there; what comes before the first of all chunks
   *     belongs to that one
   * @param bytes how long the content is
   * @param digest digest of the content
   */
  record Chunk(String secret, ResourceKey first, int bytes, ContentDigest digest) {}
}
