package io.github.gitops4j.testkit;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.Pause;
import io.github.gitops4j.call.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that stands still until it is told to move: wall time, monotonic time and pauses in one.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class ManualClock implements InstantSource, Ticker, Pause {
  private final Object lock = new Object();
  private volatile Instant now;
  private final AtomicLong nanos = new AtomicLong();

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

  /** Moves wall and monotonic time on. */
  public void advance(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("time does not run backwards; use jumpTo: " + time);
    }
    synchronized (lock) {
      now = now.plus(time);
      nanos.addAndGet(time.toNanos());
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
