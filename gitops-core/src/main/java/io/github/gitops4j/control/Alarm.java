package io.github.gitops4j.control;

import io.github.gitops4j.call.Cancellation;
import io.github.gitops4j.call.Scheduler;
import io.github.gitops4j.call.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Rings once at the earliest of the times that are wanted.
 *
 * <p>Guarded by the lock of the {@link Board}, which is never held while the scheduler is called.
 */
final class Alarm {
  private final Object lock;
  private final Scheduler scheduler;
  private final Ticker ticker;
  private final LongConsumer ring;
  private Optional<Long> at = Optional.empty();
  private Cancellation.@Nullable Registration set;

  Alarm(Object lock, Scheduler scheduler, Ticker ticker, LongConsumer ring) {
    this.lock = lock;
    this.scheduler = scheduler;
    this.ticker = ticker;
    this.ring = ring;
  }

  /** Sees to it that it rings at a time or before; called under the lock. */
  void by(Optional<Long> time, List<Runnable> afterwards) {
    if (time.isEmpty() || at.filter(known -> known <= time.get()).isPresent()) {
      return;
    }
    Cancellation.Registration before = set;
    at = time;
    set = null;
    afterwards.add(
        () -> {
          if (before != null) {
            before.close();
          }
          schedule(time.get());
        });
  }

  private void schedule(long time) {
    Duration delay = Duration.ofNanos(Math.max(0, time - ticker.nanos()));
    Cancellation.Registration scheduled = scheduler.after(delay, () -> ring.accept(time));
    synchronized (lock) {
      if (at.filter(wanted -> wanted == time).isPresent()) {
        set = scheduled;
        return;
      }
    }
    scheduled.close();
  }

  /** Returns when it is to ring; called under the lock. */
  Optional<Long> due() {
    return at;
  }

  /** It rang for a time; called under the lock. */
  void rang(long time) {
    if (at.filter(wanted -> wanted == time).isPresent()) {
      at = Optional.empty();
      set = null;
    }
  }

  /** Rings no more; called under the lock. */
  void off(List<Runnable> afterwards) {
    at = Optional.empty();
    if (set != null) {
      afterwards.add(set::close);
      set = null;
    }
  }
}
