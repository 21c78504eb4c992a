package io.github.gitops4j.control;

import io.github.gitops4j.call.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who has a turn next: first come, first served, by a bounded number of workers.
 *
 * <p>What takes long, fails, or took long the last time has workers of its own, as many again, so
 * that it does not keep the others waiting.
 *
 * <p>Guarded by the lock of the {@link Board}.
 */
final class WorkQueue {
  private final int workers;
  private final long slowAfter;
  private final Deque<Slot> ready = new ArrayDeque<>();
  private final Deque<Slot> troubled = new ArrayDeque<>();
  // With the time at which the turn began.
  private final Map<Slot, Long> running = new LinkedHashMap<>();
  private final Set<Slot> aside = new HashSet<>();

  WorkQueue(int workers, Duration slowAfter) {
    this.workers = workers;
    this.slowAfter = Ticker.countable(slowAfter).toNanos();
  }

  /** Puts an application at the end of the queue. */
  void add(Slot slot) {
    boolean isTroubled = slot.slow || slot.failures > 0;
    (isTroubled ? troubled : ready).add(slot);
  }

  void remove(Slot slot) {
    ready.remove(slot);
    troubled.remove(slot);
  }

  /** Takes the next one, if a worker is free for it. */
  Optional<Slot> begin(long now) {
    setAside(now);
    Slot next = null;
    if (running.size() - aside.size() < workers) {
      next = ready.poll();
    }
    if (next == null && aside.size() < workers) {
      next = troubled.poll();
      if (next != null) {
        aside.add(next);
      }
    }
    if (next != null) {
      running.put(next, now);
    }
    return Optional.ofNullable(next);
  }

  private void setAside(long now) {
    for (Map.Entry<Slot, Long> each : running.entrySet()) {
      if (aside.size() >= workers) {
        return;
      }
      if (now - each.getValue() >= slowAfter) {
        aside.add(each.getKey());
      }
    }
  }

  /** Ends a turn. */
  void end(Slot slot, long now) {
    Long began = running.remove(slot);
    aside.remove(slot);
    slot.slow = began != null && now - began >= slowAfter;
  }

  /** Returns who has a turn, with the time at which it began. */
  Map<Slot, Long> running() {
    return running;
  }

  /** Returns when a turn has taken so long that somebody else may begin. */
  Optional<Long> next() {
    if (ready.isEmpty() || aside.size() >= workers) {
      return Optional.empty();
    }
    return running.entrySet().stream()
        .filter(each -> !aside.contains(each.getKey()))
        .map(each -> each.getValue() + slowAfter)
        .min(Long::compare);
  }
}
