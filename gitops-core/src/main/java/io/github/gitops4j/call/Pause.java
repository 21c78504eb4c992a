package io.github.gitops4j.call;

import io.github.gitops4j.error.CallException;
import io.github.gitops4j.error.FailureCategory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waits; handed in so that tests need not.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Pause {
  /**
   * Waits for the time, or until the call ends if that is sooner.
   *
   * @throws CallException if the call was cancelled or its deadline passed
   */
  void pause(Duration time, CallContext call);

  /** Returns the pause that blocks the calling thread. */
  static Pause blocking() {
    return (time, call) -> {
      CountDownLatch cancelled = new CountDownLatch(1);
      Duration bounded = call.remainingAtMost(Ticker.countable(time));
      try (var ignored = call.cancellation().onCancel(cancelled::countDown)) {
        cancelled.await(bounded.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CallException(FailureCategory.CANCELLED, "pause: interrupted", e);
      }
      call.checkActive("pause");
    };
  }
}
