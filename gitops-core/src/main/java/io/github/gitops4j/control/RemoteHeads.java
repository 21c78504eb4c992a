package io.github.gitops4j.control;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.call.Ticker;
import io.github.gitops4j.error.CallException;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.source.Remote.Tracked;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the sources of one remote track, as of the last request, which was made for all of them.
 *
 * <p>Thread-safe.
 */
final class RemoteHeads {
  private static final Duration WAKE = Duration.ofMillis(200);

  /** Asks the remote for all of these. */
  @FunctionalInterface
  interface Asking {
    List<Tracked> latest(List<Slot> slots, CallContext call);
  }

  private final Asking asking;
  private final AtomicLong looks;
  private final Ticker ticker;
  private final RetryPolicy backoff;
  private final Consumer<List<Slot>> moved;
  private final Set<Slot> members = ConcurrentHashMap.newKeySet();
  private final ReentrantLock asks = new ReentrantLock();
  private volatile @Nullable Look last;

  /**
   * Creates what has asked nothing yet.
   *
   * @param looks counts the requests to all remotes as they begin
   */
  RemoteHeads(
      Asking asking,
      AtomicLong looks,
      Ticker ticker,
      RetryPolicy backoff,
      Consumer<List<Slot>> moved) {
    this.asking = asking;
    this.looks = looks;
    this.ticker = ticker;
    this.backoff = backoff;
    this.moved = moved;
  }

  /** What one request told, or how many in a row have told nothing; with its number and time. */
  private record Look(
      long number,
      long begun,
      Map<Slot, Tracked> tracked,
      Optional<Failure> failure,
      int failures) {}

  void join(Slot slot) {
    members.add(slot);
  }

  /** Returns whether nobody is left. */
  boolean leave(Slot slot) {
    members.remove(slot);
    return members.isEmpty();
  }

  Collection<Slot> members() {
    return members;
  }

  /**
   * Returns what a source tracks, as of a request that is not older than its interval.
   *
   * @param asked how many requests had begun when somebody asked to look anew: none of these will
   *     do
   */
  Tracked current(Slot slot, Optional<Long> asked, CallContext call) {
    Optional<Tracked> known = known(slot, asked);
    if (known.isPresent()) {
      return known.get();
    }
    lock(call);
    try {
      return known(slot, asked).orElseGet(() -> ask(slot, call));
    } finally {
      asks.unlock();
    }
  }

  private void lock(CallContext call) {
    try {
      do {
        call.checkActive("resolve");
      } while (!asks.tryLock(call.remainingAtMost(WAKE).toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CallException(FailureCategory.CANCELLED, "resolve: interrupted", e);
    }
  }

  private Optional<Tracked> known(Slot slot, Optional<Long> asked) {
    Look look = last;
    if (look == null || asked.filter(number -> look.number <= number).isPresent()) {
      return Optional.empty();
    }
    Duration age = Duration.ofNanos(ticker.nanos() - look.begun);
    if (look.failure.isPresent()) {
      boolean isFresh = asked.isPresent() || age.compareTo(backoff.delay(look.failures)) < 0;
      return isFresh ? look.failure.map(Tracked.Unresolved::new) : Optional.empty();
    }
    return age.compareTo(slot.application.interval()) < 0
        ? Optional.ofNullable(look.tracked.get(slot))
        : Optional.empty();
  }

  private Tracked ask(Slot slot, CallContext call) {
    List<Slot> all = List.copyOf(members);
    long number = looks.incrementAndGet();
    long begun = ticker.nanos();
    try {
      List<Tracked> answers = asking.latest(all, call);
      Map<Slot, Tracked> tracked = new HashMap<>();
      for (int each = 0; each < all.size(); each++) {
        tracked.put(all.get(each), answers.get(each));
      }
      last = new Look(number, begun, tracked, Optional.empty(), 0);
      moved.accept(all.stream().filter(other -> hasMoved(other, slot, tracked)).toList());
      Tracked own = tracked.get(slot);
      return own == null ? gone() : own;
    } catch (CallException e) {
      throw e;
    } catch (RuntimeException e) {
      Look before = last;
      int failures = before == null ? 1 : before.failures + 1;
      Failure failure = Failure.from(e);
      last = new Look(number, begun, Map.of(), Optional.of(failure), failures);
      return new Tracked.Unresolved(failure);
    }
  }

  private static Tracked gone() {
    return new Tracked.Unresolved(Failure.of(FailureCategory.CANCELLED, "resolve: removed"));
  }

  private static boolean hasMoved(Slot other, Slot asking, Map<Slot, Tracked> tracked) {
    return other != asking
        && other.head != null
        && tracked.get(other) instanceof Tracked.At at
        && !at.revision().equals(other.head);
  }
}
