package io.github.gitops4j.testkit.contract;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Runs work of a backend on a thread of its own, which is left behind if it does not end. */
final class Bounded {
  private Bounded() {}

  /**
   * Returns what the work does, or throws what it throws.
   *
   * @param late the message if it takes longer than it may
   */
  static <T> T run(Supplier<T> work, Duration patience, String late) {
    FutureTask<T> task = new FutureTask<>(work::get);
    Thread thread = new Thread(task, "contract-kit-call");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(patience.toNanos(), NANOSECONDS);
    } catch (TimeoutException e) {
      AssertionError overdue = new AssertionError(late, at(thread));
      thread.interrupt();
      throw overdue;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("the test was interrupted", e);
    } catch (ExecutionException e) {
      throw unwrapped(e);
    }
  }

  private static Throwable at(Thread thread) {
    Throwable at = new Throwable("here it is");
    at.setStackTrace(thread.getStackTrace());
    return at;
  }

  private static RuntimeException unwrapped(ExecutionException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e.getCause() instanceof RuntimeException thrown
        ? thrown
        : new IllegalStateException(e.getCause());
  }
}
