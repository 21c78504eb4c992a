package io.github.gitops4j.kubernetes.inventory;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.error.InventoryException;
import io.github.gitops4j.history.HistoryRecord;
import io.github.gitops4j.history.HistoryState;
import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.inventory.InventoryChange;
import io.github.gitops4j.kubernetes.inventory.StateHead.Standing;
import io.github.gitops4j.resource.KeyedSnapshot;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.Sensitive;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is there when there is no head: nothing, the Secrets of an earlier version, or the rest of a
 * state whose head was lost.
 *
 * <p>Thread-safe.
 */
final class EarlierState {
  private static final int KEY_BYTES = 32;

  private final StateSecrets secrets;
  private final StateNames names;
  private final HistorySegments segments;
  private final String owner;

  EarlierState(StateSecrets secrets, StateNames names, HistorySegments segments, String owner) {
    this.secrets = secrets;
    this.names = names;
    this.segments = segments;
    this.owner = owner;
  }

  /**
   * Returns the state without a head.
   *
   * @throws InventoryException if there was one, which is lost
   */
  StateView read(CallContext call) {
    requireNoHead(call);
    Optional<Inventory> whole = wholeInventory(call);
    List<HistoryRecord> records = new ArrayList<>();
    int count = records(records, call);
    HistoryPart history = new HistoryPart(count, HistoryPart.stillCounting(records), List.of());
    if (whole.isEmpty() && history.state().lastEnded().isPresent()) {
      throw lost();
    }
    SortedMap<ResourceKey, InventoryChange> changes = new TreeMap<>();
    Inventory inventory = whole.orElseGet(this::none);
    inventory.forEach(record -> changes.put(record.key(), new InventoryChange.Put(record)));
    InventoryPart part =
        new InventoryPart(inventory.sequence(), inventory.maskingKey(), List.of(), changes);
    Standing standing = whole.isPresent() || count > 0 ? Standing.CONVERTED : Standing.NEW;
    StateHead head = new StateHead(owner, "", standing, part, history);
    return StateView.of(Optional.empty(), head, List.of());
  }

  /**
   * Makes sure that there never was a head.
   *
   * @throws InventoryException if there was one, which is lost
   */
  void requireNoHead(CallContext call) {
    if (secrets.read(names.origin(), call).isPresent()) {
      throw lost();
    }
  }

  /** Does what is left to do once there is a head; again if it was done already. */
  void settle(StateHead head, CallContext call) {
    if (head.standing() == Standing.CONVERTED) {
      for (int number = 1; number <= head.history().segments(); number++) {
        secrets.seal(StatePart.HISTORY, names.segment(number), call);
      }
      secrets.delete(names.wholeInventory(), call);
    }
    secrets.create(StatePart.ORIGIN, names.origin(), new byte[0], call);
  }

  /** Deletes all of it. */
  void forget(CallContext call) {
    secrets.delete(names.wholeInventory(), call);
    for (int number = 1; segments.exists(number, call); number++) {
      secrets.delete(names.segment(number), call);
    }
    secrets.delete(names.origin(), call);
  }

  private Inventory none() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return Inventory.of(owner, 0, KeyedSnapshot.empty(), Sensitive.of(key));
  }

  private Optional<Inventory> wholeInventory(CallContext call) {
    String secret = names.wholeInventory();
    Optional<StateSecrets.Kept> kept = secrets.read(secret, call);
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    try {
      Inventory inventory = InventoryJson.whole(secrets.place(secret), kept.get().content());
      if (inventory.owner().equals(owner)) {
        return Optional.of(inventory);
      }
      throw ofAnother(secrets.place(secret), inventory.owner());
    } catch (InvalidInputException | IllegalArgumentException e) {
      throw secrets.damaged(secret, e);
    }
  }

  /** Adds all records there are, and returns in how many segments they are. */
  private int records(List<HistoryRecord> records, CallContext call) {
    HistoryState state = HistoryState.empty();
    for (int number = 1; ; number++) {
      Optional<List<HistoryRecord>> segment = segments.find(number, call);
      if (segment.isEmpty()) {
        if (segments.find(number + 1, call).isPresent()) {
          throw secrets.gone(names.segment(number));
        }
        return number - 1;
      }
      for (HistoryRecord record : segment.get()) {
        if (!state.isContinuedBy(record)) {
          throw segments.broken(number);
        }
        state = state.after(record);
      }
      records.addAll(segment.get());
    }
  }

  private InventoryException lost() {
    return new InventoryException(
        FailureCategory.INTERNAL,
        secrets.place(names.head())
            + ": reading failed: the inventory is lost; restore the Secret, or delete all that have"
            + " the label gitops4j.github.io/state="
            + names.head()
            + " to begin without it");
  }

  static InventoryException ofAnother(String place, String owner) {
    return new InventoryException(
        FailureCategory.CONFLICT, place + ": reading failed: it is the inventory of " + owner);
  }
}
