package io.github.gitops4j.kubernetes.inventory;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.GitOpsException;
import io.github.gitops4j.error.HistoryException;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.error.InventoryException;
import io.github.gitops4j.history.HistoryAuditor;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.history.HistoryRecord;
import io.github.gitops4j.history.HistoryState;
import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.inventory.InventoryChange;
import io.github.gitops4j.kubernetes.inventory.InventoryChunks.Leaf;
import io.github.gitops4j.kubernetes.inventory.StateHead.Standing;
import io.github.gitops4j.reconcile.Ledger;
import io.github.gitops4j.resource.ResourceKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Inventory and history of one owner, behind one Secret: whoever changes that one by compare and
 * set has changed both.
 *
 * <p>Thread-safe.
 */
final class StateLedger {
  private static final int ATTEMPTS = 8;
  private static final Logger LOG = LoggerFactory.getLogger(StateLedger.class);

  private final StateSecrets secrets;
  private final StateNames names;
  private final String owner;
  private final StateLimits limits;
  private final Optional<HeadWatch> watch;
  private final InventoryChunks chunks;
  private final HistorySegments segments;
  private final EarlierState earlier;
  private final AtomicReference<@Nullable StateView> known = new AtomicReference<>();
  private final AtomicBoolean swept = new AtomicBoolean();

  StateLedger(StateSecrets secrets, StateLimits limits, Optional<HeadWatch> watch) {
    this.secrets = secrets;
    this.names = secrets.names();
    this.owner = secrets.owner();
    this.limits = limits;
    this.watch = watch;
    this.chunks = new InventoryChunks(secrets, names, limits);
    this.segments = new HistorySegments(secrets, names, limits);
    this.earlier = new EarlierState(secrets, names, segments, owner);
  }

  /** Returns the state as of now; with a watch, as of what it has told. */
  StateView look(CallContext call) {
    call.checkActive("read the state");
    StateView seen = known.get();
    if (seen != null && watch.isPresent()) {
      if (seen.version().filter(watch.get()::holds).isPresent()) {
        return seen;
      }
      watch.get().follow();
    }
    return read(call);
  }

  /** Reads the head, and what has changed with it. */
  private StateView read(CallContext call) {
    for (int attempt = 1; ; attempt++) {
      StateView seen = known.get();
      Optional<StateSecrets.Kept> kept = secrets.read(names.head(), call);
      if (kept.isEmpty()) {
        return remember(withoutHead(seen, call));
      }
      if (seen != null && seen.version().equals(Optional.of(kept.get().version()))) {
        return seen;
      }
      try {
        return remember(view(kept.get(), seen == null ? List.of() : seen.leaves(), call));
      } catch (InventoryException e) {
        // Whoever moved the head meanwhile has deleted the chunks that the old one names.
        if (attempt == ATTEMPTS || !hasMoved(kept.get().version(), call)) {
          throw e;
        }
      }
    }
  }

  List<HistoryRecord> newest(int limit, CallContext call) {
    return segments.newest(look(call), limit, call);
  }

  /** Gives all of the history to an auditor, as it is kept now. */
  void audit(HistoryAuditor auditor, CallContext call) {
    call.checkActive("audit history");
    Optional<StateSecrets.Kept> kept = secrets.read(names.head(), call);
    if (kept.isEmpty()) {
      earlier.requireNoHead(call);
    }
    HistoryTrail trail =
        new HistoryTrail(
            names,
            secrets::place,
            secret -> secrets.read(secret, call).map(StateSecrets.Kept::content),
            auditor);
    try {
      trail.walk(kept.map(StateSecrets.Kept::content));
    } catch (InvalidInputException | IllegalArgumentException e) {
      throw secrets.damaged(names.head(), e);
    }
  }

  /** Adds to the history only. */
  StateView append(HistoryEvent event, Instant time, CallContext call) {
    Ledger.Entry entry = new Ledger.Entry(List.of(), List.of(event), time);
    String write = UUID.randomUUID().toString();
    StateView before = seen(call);
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      StateView now = put(before, Content.of(before), entry, write, call);
      if (now.head().write().equals(write)) {
        return now;
      }
      before = now;
    }
    throw stale();
  }

  /** Changes the inventory and adds to the history, unless the sequence is not the expected one. */
  StateView commit(long expected, Ledger.Entry entry, CallContext call) {
    StateView before = seen(call);
    if (before.inventory().sequence() != expected) {
      before = read(call);
    }
    if (before.inventory().sequence() != expected) {
      throw stale();
    }
    Content content = changed(before, entry.changes(), call);
    String write = UUID.randomUUID().toString();
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      StateView now = put(before, content, entry, write, call);
      if (now.head().write().equals(write)) {
        tidy(before.leaves(), now, call);
        return now;
      }
      before = now;
      if (before.inventory().sequence() != expected) {
        break;
      }
    }
    tidy(content.leaves(), before, call);
    throw stale();
  }

  /** Ends the watch. */
  void close() {
    watch.ifPresent(HeadWatch::close);
  }

  /** Deletes everything, so that the owner begins anew. What was applied stays. */
  void forget(CallContext call) {
    secrets.delete(names.head(), call);
    for (StatePart part : List.of(StatePart.INVENTORY, StatePart.HISTORY)) {
      secrets.names(part, call).forEach(secret -> secrets.delete(secret, call));
    }
    earlier.forget(call);
    known.set(null);
  }

  /** An inventory and how it is kept. */
  private record Content(InventoryPart part, List<Leaf> leaves, Inventory inventory) {
    static Content of(StateView view) {
      return new Content(view.head().inventory(), view.leaves(), view.inventory());
    }
  }

  private Content changed(StateView before, List<InventoryChange> more, CallContext call) {
    Inventory inventory = before.inventory().with(more);
    SortedMap<ResourceKey, InventoryChange> changes =
        new TreeMap<>(before.head().inventory().changes());
    more.forEach(change -> changes.put(change.key(), change));
    List<Leaf> leaves = before.leaves();
    int bytes = changes.values().stream().mapToInt(c -> InventoryJson.line(c).length).sum();
    if (bytes > limits.changes()) {
      leaves = chunks.merge(leaves, changes, inventory.sequence(), call);
      changes.clear();
    }
    List<InventoryPart.Chunk> named = leaves.stream().map(Leaf::chunk).toList();
    return new Content(
        new InventoryPart(inventory.sequence(), inventory.maskingKey(), named, changes),
        leaves,
        inventory);
  }

  /** Writes the head once, and returns how it is then: as this write left it, or another. */
  private StateView put(
      StateView before, Content content, Ledger.Entry entry, String write, CallContext call) {
    HistoryPart part = before.head().history();
    if (!entry.events().isEmpty()) {
      Optional<HistoryPart> rolled = segments.roll(part, call);
      if (rolled.isEmpty()) {
        return moved(before, call);
      }
      part = rolled.get();
    }
    HistoryState history = before.history();
    List<HistoryRecord> records = new ArrayList<>();
    for (HistoryEvent event : entry.events()) {
      HistoryRecord record =
          HistoryRecord.following(history.sequence(), history.digest(), entry.time(), event);
      records.add(record);
      history = history.after(record);
    }
    StateHead head =
        new StateHead(owner, write, settled(before, call), content.part(), part.with(records));
    Optional<String> version = secrets.writeHead(before.version(), head.bytes(), call);
    return version.isPresent()
        ? remember(new StateView(version, head, content.leaves(), content.inventory(), history))
        : read(call);
  }

  private Standing settled(StateView before, CallContext call) {
    if (before.version().isEmpty() || before.head().standing() == Standing.SETTLED) {
      return before.head().standing();
    }
    earlier.settle(before.head(), call);
    return Standing.SETTLED;
  }

  /** The segment was written by who has seen a later head, or does not belong to this history. */
  private StateView moved(StateView before, CallContext call) {
    StateView now = read(call);
    if (now.version().equals(before.version())) {
      throw segments.foreign(before.head().history().segments() + 1);
    }
    return now;
  }

  /** What is left over costs space only, and the next process that writes chunks deletes it. */
  private void tidy(List<Leaf> leaves, StateView now, CallContext call) {
    try {
      boolean wrote = chunks.deleteUnused(leaves, now.leaves(), call);
      if (wrote && swept.compareAndSet(false, true)) {
        chunks.sweep(now.leaves(), now.inventory().sequence(), call);
      }
    } catch (GitOpsException e) {
      LOG.debug("deleting chunks of {} that nobody needs failed", names.head(), e);
    }
  }

  private StateView seen(CallContext call) {
    call.checkActive("write the state");
    StateView seen = known.get();
    return seen == null || seen.version().isEmpty() ? read(call) : seen;
  }

  private StateView withoutHead(@Nullable StateView seen, CallContext call) {
    if (seen == null) {
      return earlier.read(call);
    }
    if (seen.version().isPresent()) {
      throw secrets.gone(names.head());
    }
    return seen;
  }

  private StateView view(StateSecrets.Kept kept, List<Leaf> leaves, CallContext call) {
    String place = secrets.place(names.head());
    try {
      StateHead head = StateHead.read(place, kept.content());
      if (!head.owner().equals(owner)) {
        throw EarlierState.ofAnother(place, head.owner());
      }
      return StateView.of(
          Optional.of(kept.version()), head, chunks.read(head.inventory().chunks(), leaves, call));
    } catch (InvalidInputException | HistoryException | IllegalArgumentException e) {
      throw secrets.damaged(names.head(), e);
    }
  }

  private boolean hasMoved(String version, CallContext call) {
    return secrets
        .read(names.head(), call)
        .map(kept -> !kept.version().equals(version))
        .orElse(true);
  }

  private StateView remember(StateView view) {
    known.set(view);
    return view;
  }

  private InventoryException stale() {
    return new InventoryException(
        FailureCategory.STALE,
        secrets.place(names.head()) + ": writing failed: somebody else has written it");
  }
}
