package io.github.gitops4j.testkit;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.Cancellation;
import io.github.gitops4j.call.Pause;
import io.github.gitops4j.call.Scheduler;
import io.github.gitops4j.call.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A clock that stands still until it is told to move: wall time, monotonic time, pauses and a
 * scheduler in one.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class ManualClock implements InstantSource, Ticker, Pause, Scheduler {
  private final Object lock = new Object();
  private volatile Instant now;
  private final AtomicLong nanos = new AtomicLong();
  private final PriorityQueue<Due> agenda =
      new PriorityQueue<>(Comparator.comparingLong(Due::nanos).thenComparingLong(Due::number));
  private long scheduled;

  private ManualClock(Instant start) {
    this.now = requireNonNull(start, "start");
  }

  /** Creates a clock that shows 2026-01-01T00:00:00Z. */
  public static ManualClock create() {
    return at(Instant.parse("2026-01-01T00:00:00Z"));
  }

  /** Creates a clock that shows a time. */
  public static ManualClock at(Instant start) {
    return new ManualClock(start);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public long nanos() {
    return nanos.get();
  }

  private record Due(long nanos, long number, Runnable task) {}

  /**
   * Moves wall and monotonic time on, and runs what was scheduled until then, each at its time, in
   * this thread.
   */
  public void advance(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("time does not run backwards; use jumpTo: " + time);
    }
    long end = nanos.get() + time.toNanos();
    for (Due due = next(end); due != null; due = next(end)) {
      due.task().run();
    }
    synchronized (lock) {
      moveTo(end);
    }
  }

  private @Nullable Due next(long end) {
    synchronized (lock) {
      Due due = agenda.peek();
      if (due == null || due.nanos() > end) {
        return null;
      }
      moveTo(due.nanos());
      return agenda.poll();
    }
  }

  private void moveTo(long time) {
    long step = time - nanos.get();
    if (step > 0) {
      now = now.plusNanos(step);
      nanos.addAndGet(step);
    }
  }

  @Override
  public Cancellation.Registration after(Duration delay, Runnable task) {
    synchronized (lock) {
      long at = nanos.get() + Math.max(0, Ticker.countable(delay).toNanos());
      Due due = new Due(at, scheduled++, requireNonNull(task, "task"));
      agenda.add(due);
      return () -> takeBack(due);
    }
  }

  private void takeBack(Due due) {
    synchronized (lock) {
      agenda.remove(due);
    }
  }

  /** Returns how many tasks are scheduled. */
  public int pending() {
    synchronized (lock) {
      return agenda.size();
    }
  }

  /** Sets wall time, forwards or backwards, as an operator or a time server may. */
  public void jumpTo(Instant time) {
    synchronized (lock) {
      now = requireNonNull(time, "time");
    }
  }

  /** Moves on by the time at once. */
  @Override
  public void pause(Duration time, CallContext call) {
    advance(call.remainingAtMost(time));
    call.checkActive("pause");
  }

  /** Returns a context whose deadline is measured on this clock. */
  public CallContext callWithin(Duration timeout) {
    return CallContext.builder().ticker(this).timeout(timeout).build();
  }
}
