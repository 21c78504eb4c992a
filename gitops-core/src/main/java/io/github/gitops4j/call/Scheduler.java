package io.github.gitops4j.call;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Runs something after a time; handed in so that the library makes no threads and tests need not
 * wait.
 *
 * <p>Time is monotonic: a step of the wall clock moves nothing.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Scheduler {
  /**
   * Runs a task once, after a time or soon after that. The task is short and does not block.
   *
   * @param delay how long from now; zero or less is as soon as possible, but never within this call
   * @return a registration; closing it takes the task back if it did not begin yet
   */
  Cancellation.Registration after(Duration delay, Runnable task);

  /** Returns the scheduler that runs tasks on an executor. */
  static Scheduler of(ScheduledExecutorService executor) {
    requireNonNull(executor, "executor");
    return (delay, task) -> {
      long nanos = Ticker.countable(delay).toNanos();
      Future<?> due = executor.schedule(task, nanos, TimeUnit.NANOSECONDS);
      return () -> due.cancel(false);
    };
  }
}
