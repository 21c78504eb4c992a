package io.github.gitops4j.reconcile;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.CallException;
import io.github.gitops4j.error.FailureCategory;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Lets one call at a time through; the others wait no longer than their deadline. */
final class Turnstile {
  private static final Duration FOREVER = Duration.ofDays(365);

  private final Semaphore one = new Semaphore(1, true);

  <T> T pass(Supplier<T> work, CallContext call) {
    enter(call);
    try {
      return work.get();
    } finally {
      one.release();
    }
  }

  private void enter(CallContext call) {
    try {
      long nanos = call.remainingAtMost(FOREVER).toNanos();
      if (one.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CallException(
          FailureCategory.CANCELLED, "wait for the call before: interrupted", e);
    }
    throw new CallException(FailureCategory.TIMEOUT, "wait for the call before: deadline passed");
  }
}
