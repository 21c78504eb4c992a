package io.github.gitops4j.control;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.call.Ticker;
import io.github.gitops4j.source.Remote;
import io.github.gitops4j.source.Remote.Tracked;
import io.github.gitops4j.source.TreeSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What the sources of all applications track: one request for those of one remote.
 *
 * <p>Thread-safe.
 */
final class Heads {
  private final AtomicLong looks = new AtomicLong();
  private final Ticker ticker;
  private final RetryPolicy backoff;
  private final Consumer<List<Slot>> moved;
  // By remote; a source that has none is by its own slot.
  private final Map<Object, RemoteHeads> byRemote = new ConcurrentHashMap<>();

  Heads(Ticker ticker, RetryPolicy backoff, Consumer<List<Slot>> moved) {
    this.ticker = ticker;
    this.backoff = backoff;
    this.moved = moved;
  }

  void join(Slot slot) {
    Optional<Remote> remote = slot.remote;
    RemoteHeads.Asking asking =
        remote.isPresent()
            ? (slots, call) -> remote.get().latest(slots.stream().map(Heads::tree).toList(), call)
            : (slots, call) -> List.of(new Tracked.At(slot.application.source.latest(call)));
    byRemote.compute(
        key(slot),
        (any, known) -> {
          RemoteHeads heads =
              known == null ? new RemoteHeads(asking, looks, ticker, backoff, moved) : known;
          heads.join(slot);
          return heads;
        });
  }

  void leave(Slot slot) {
    byRemote.computeIfPresent(key(slot), (any, heads) -> heads.leave(slot) ? null : heads);
  }

  /** Returns how many requests have begun so far. */
  long looks() {
    return looks.get();
  }

  /** Returns what a source tracks; see {@link RemoteHeads#current}. */
  Tracked current(Slot slot, Optional<Long> asked, CallContext call) {
    RemoteHeads heads = byRemote.get(key(slot));
    return heads == null
        ? new Tracked.At(slot.application.source.latest(call))
        : heads.current(slot, asked, call);
  }

  /** Returns the applications whose sources are at remotes of such an id. */
  Collection<Slot> at(Predicate<String> remotes) {
    return byRemote.entrySet().stream()
        .filter(each -> each.getKey() instanceof Remote known && remotes.test(known.id()))
        .flatMap(each -> each.getValue().members().stream())
        .toList();
  }

  /** Says whether two applications have their sources at one remote. */
  static boolean share(Slot one, Slot other) {
    return one.remote.isPresent() && one.remote.equals(other.remote);
  }

  private static Object key(Slot slot) {
    return slot.remote.<Object>map(remote -> remote).orElse(slot);
  }

  private static TreeSource tree(Slot slot) {
    return slot.application.tree.orElseThrow();
  }
}
