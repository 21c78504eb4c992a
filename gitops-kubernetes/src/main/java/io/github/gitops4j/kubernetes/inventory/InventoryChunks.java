package io.github.gitops4j.kubernetes.inventory;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.error.InventoryException;
import io.github.gitops4j.inventory.InventoryChange;
import io.github.gitops4j.inventory.InventoryRecord;
import io.github.gitops4j.kubernetes.inventory.InventoryPart.Chunk;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.ResourceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The chunks of an inventory: ranges of keys, in Secrets that never change. A chunk that changes
 * belong to is written anew under another name.
 *
 * <p>Thread-safe.
 */
final class InventoryChunks {
  private final StateSecrets secrets;
  private final StateNames names;
  private final int largest;

  InventoryChunks(StateSecrets secrets, StateNames names, StateLimits limits) {
    this.secrets = secrets;
    this.names = names;
    this.largest = limits.chunk();
  }

  /** A chunk and its records, in the order of their keys. Immutable. */
  record Leaf(Chunk chunk, List<InventoryRecord> records) {
    Leaf {
      records = List.copyOf(records);
    }
  }

  /**
   * Reads chunks, save those that are known.
   *
   * @throws InventoryException if one is gone, or is not what the head says
   */
  List<Leaf> read(List<Chunk> chunks, List<Leaf> known, CallContext call) {
    Map<Chunk, Leaf> byChunk = new HashMap<>();
    known.forEach(leaf -> byChunk.put(leaf.chunk(), leaf));
    List<Leaf> leaves = new ArrayList<>();
    for (Chunk chunk : chunks) {
      Leaf leaf = byChunk.get(chunk);
      leaves.add(leaf == null ? read(chunk, call) : leaf);
    }
    return List.copyOf(leaves);
  }

  private Leaf read(Chunk chunk, CallContext call) {
    byte[] content =
        secrets
            .read(chunk.secret(), call)
            .orElseThrow(() -> secrets.gone(chunk.secret()))
            .content();
    String place = secrets.place(chunk.secret());
    if (!ContentDigest.of(content).equals(chunk.digest())) {
      throw new InventoryException(
          FailureCategory.INTERNAL, place + ": reading failed: it is not what was written there");
    }
    try {
      List<InventoryRecord> records =
          Lines.split(content).stream().map(line -> InventoryJson.record(place, line)).toList();
      return new Leaf(chunk, records);
    } catch (InvalidInputException | IllegalArgumentException e) {
      throw secrets.damaged(chunk.secret(), e);
    }
  }

  /**
   * Writes the chunks that changes belong to, or all if they have become sparse.
   *
   * @param sequence the sequence of the commit that this is for
   * @return all chunks from then on
   */
  List<Leaf> merge(
      List<Leaf> leaves,
      SortedMap<ResourceKey, InventoryChange> changes,
      long sequence,
      CallContext call) {
    if (leaves.isEmpty() || isSparse(leaves)) {
      return write(changed(records(leaves), changes), sequence, call);
    }
    List<Leaf> merged = new ArrayList<>();
    for (int i = 0; i < leaves.size(); i++) {
      Leaf leaf = leaves.get(i);
      SortedMap<ResourceKey, InventoryChange> mine = changes;
      mine = i == 0 ? mine : mine.tailMap(leaf.chunk().first());
      mine = i == leaves.size() - 1 ? mine : mine.headMap(leaves.get(i + 1).chunk().first());
      if (mine.isEmpty()) {
        merged.add(leaf);
      } else {
        merged.addAll(write(changed(leaf.records(), mine), sequence, call));
      }
    }
    return List.copyOf(merged);
  }

  private boolean isSparse(List<Leaf> leaves) {
    long bytes = leaves.stream().mapToLong(leaf -> leaf.chunk().bytes()).sum();
    return leaves.size() > 1 && 3 * bytes < (long) leaves.size() * largest;
  }

  private static List<InventoryRecord> changed(
      List<InventoryRecord> records, SortedMap<ResourceKey, InventoryChange> changes) {
    SortedMap<ResourceKey, InventoryRecord> changed = new TreeMap<>();
    records.forEach(record -> changed.put(record.key(), record));
    for (InventoryChange change : changes.values()) {
      if (change instanceof InventoryChange.Put put) {
        changed.put(put.key(), put.record());
      } else {
        changed.remove(change.key());
      }
    }
    return List.copyOf(changed.values());
  }

  /** Writes records into as few chunks as it takes, of about the same length. */
  private List<Leaf> write(List<InventoryRecord> records, long sequence, CallContext call) {
    List<byte[]> lines = records.stream().map(InventoryJson::line).toList();
    long total = lines.stream().mapToLong(line -> line.length + 1).sum();
    long each = total / (total / largest + 1);
    List<Leaf> leaves = new ArrayList<>();
    int from = 0;
    long bytes = 0;
    for (int i = 0; i < lines.size(); i++) {
      bytes += lines.get(i).length + 1;
      if (bytes >= each || i == lines.size() - 1) {
        leaves.add(write(records.subList(from, i + 1), lines.subList(from, i + 1), sequence, call));
        from = i + 1;
        bytes = 0;
      }
    }
    return leaves;
  }

  private Leaf write(
      List<InventoryRecord> records, List<byte[]> lines, long sequence, CallContext call) {
    byte[] content = Lines.join(lines);
    Chunk chunk =
        new Chunk(
            names.newChunk(sequence),
            records.get(0).key(),
            content.length,
            ContentDigest.of(content));
    if (!secrets.create(StatePart.INVENTORY, chunk.secret(), content, call)) {
      // An earlier attempt whose answer was lost: nobody else gives this name.
      read(chunk, call);
    }
    return new Leaf(chunk, records);
  }

  /** Deletes those of some chunks that are not among others; says whether there were any. */
  boolean deleteUnused(List<Leaf> leaves, List<Leaf> used, CallContext call) {
    Set<String> unused = new TreeSet<>(secretsOf(leaves));
    unused.removeAll(secretsOf(used));
    unused.forEach(secret -> secrets.delete(secret, call));
    return !unused.isEmpty();
  }

  /**
   * Deletes what writers left that died or came too late. A chunk for a sequence that is reached
   * and that the head does not name can never come to be named: its writer's head was another one.
   */
  void sweep(List<Leaf> used, long sequence, CallContext call) {
    Set<String> keep = secretsOf(used);
    for (String secret : secrets.names(StatePart.INVENTORY, call)) {
      long writtenFor = names.sequenceOf(secret);
      if (writtenFor >= 0 && writtenFor <= sequence && !keep.contains(secret)) {
        secrets.delete(secret, call);
      }
    }
  }

  private static Set<String> secretsOf(List<Leaf> leaves) {
    return leaves.stream().map(leaf -> leaf.chunk().secret()).collect(Collectors.toSet());
  }

  /** Returns the records of chunks. */
  static List<InventoryRecord> records(List<Leaf> leaves) {
    return leaves.stream().flatMap(leaf -> leaf.records().stream()).toList();
  }
}
