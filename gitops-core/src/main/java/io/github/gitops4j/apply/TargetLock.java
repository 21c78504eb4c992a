package io.github.gitops4j.apply;

import io.github.gitops4j.call.CallContext;

/**
 * Keeps two passes from writing to one target at the same time, across processes.
 *
 * <ul>
 *   <li>TL-1: while it is held, every other {@link #acquire} of the same target, in this process or
 *       another, fails with {@link io.github.gitops4j.error.FailureCategory#CONFLICT}; the message
 *       names the holder.
 *   <li>TL-2: once it is given back it can be taken again.
 *   <li>TL-3: giving it back twice does nothing, and never gives back what somebody else holds now.
 *   <li>TL-4: waiting ends at the call's deadline or soon after it is cancelled.
 *   <li>TL-5: locks of different targets do not disturb each other.
 * </ul>
 *
 * <p>{@link #none()} is for targets that need no lock, and keeps none of these.
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
