package io.github.gitops4j.reconcile;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.Cancellation;
import io.github.gitops4j.error.CallException;
import io.github.gitops4j.error.FailureCategory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets one call at a time through, in the order in which they came; the others wait no longer than
 * their deadline and leave when they are cancelled.
 */
final class Turnstile {
  private static final Duration FOREVER = Duration.ofDays(365);
  private static final String STEP = "wait for the call before";

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  // The thread that is inside comes first, then those that wait.
  private final Deque<Thread> queue = new ArrayDeque<>();

  <T> T pass(Supplier<T> work, CallContext call) {
    enter(call);
    try {
      return work.get();
    } finally {
      leave();
    }
  }

  private void enter(CallContext call) {
    Thread self = Thread.currentThread();
    try (Cancellation.Registration registration = call.cancellation().onCancel(this::wake)) {
      lock.lock();
      try {
        refuseReentry(self);
        queue.addLast(self);
        awaitTurn(self, call);
      } finally {
        lock.unlock();
      }
    }
  }

  /** A listener or a backend that calls the reconciler from its own pass would wait for ever. */
  private void refuseReentry(Thread self) {
    if (self.equals(queue.peekFirst())) {
      throw new IllegalStateException("a pass cannot be made from within a pass");
    }
  }

  private void awaitTurn(Thread self, CallContext call) {
    boolean entered = false;
    long left = call.remainingAtMost(FOREVER).toNanos();
    try {
      while (!self.equals(queue.peekFirst())) {
        if (call.cancellation().isCancelled()) {
          throw new CallException(FailureCategory.CANCELLED, STEP + ": cancelled");
        }
        if (left <= 0) {
          throw new CallException(FailureCategory.TIMEOUT, STEP + ": deadline passed");
        }
        left = moved.awaitNanos(left);
      }
      entered = true;
    } catch (InterruptedException e) {
      self.interrupt();
      throw new CallException(FailureCategory.CANCELLED, STEP + ": interrupted", e);
    } finally {
      if (!entered) {
        queue.remove(self);
        moved.signalAll();
      }
    }
  }

  private void leave() {
    lock.lock();
    try {
      queue.removeFirst();
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void wake() {
    lock.lock();
    try {
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
