package io.github.gitops4j.apply;

import io.github.gitops4j.call.CallContext;

/**
 * Keeps two passes from writing to one target at the same time, across processes.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface TargetLock {
  /**
   * Takes the lock, waiting at most until the call's deadline.
   *
   * @throws io.github.gitops4j.error.ApplyException with {@link
   *     io.github.gitops4j.error.FailureCategory#CONFLICT} and the holder's name if somebody else
   *     holds it
   */
  Held acquire(CallContext call);

  /** Returns a lock for targets that need none, because every write is fenced. */
  static TargetLock none() {
    return call -> () -> {};
  }

  /** The lock while it is held. */
  @FunctionalInterface
  interface Held extends AutoCloseable {
    /** Gives the lock back. */
    @Override
    void close();
  }
}
