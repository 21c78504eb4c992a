package io.github.gitops4j.apply;

import io.github.gitops4j.call.CallContext;

/**
 * Writes to the live system.
 *
 * <ul>
 *   <li>AP-1: {@link #open} writes nothing to managed resources.
 *   <li>AP-2: {@link ApplySession#apply} gives exactly one outcome for each action of the batch.
 *   <li>AP-3: the precondition of an action is checked as late as the backend can; if it does not
 *       hold, the outcome is Failed with STALE or CONFLICT and nothing is lost.
 *   <li>AP-4: a write is whole or not at all: nobody ever sees half of a resource. A resource that
 *       is updated is there at any moment, old or new, if the backend can promise it.
 *   <li>AP-5: content that is not ours is kept aside before it goes: an Update that says so, and
 *       every Quarantine.
 *   <li>AP-6: one action that fails does not stop the others of its batch.
 *   <li>AP-7: an outcome that wrote something says what live looks like now, such that observing
 *       again gives the same digest.
 *   <li>AP-8: closing early, cancelling or passing the deadline leaves every action finished or not
 *       begun; what was not begun is Failed with CANCELLED or TIMEOUT.
 *   <li>AP-9: nothing outside the keys of the batch is written.
 *   <li>AP-10: when {@link ApplySession#apply} returns, what it reports as done survives a crash of
 *       the process, and of the machine if the backend can promise it.
 *   <li>AP-11: a Prune whose resource was asked to go, now or before, and is still there is
 *       Removing, with what keeps it, and no failure. Nothing but a Prune is Removing.
 *   <li>AP-12: a Replace makes the resource anew, also if nothing differs, and its outcome is
 *       REPLACED; where resources have a uid, it is another one then. A hook comes as a Create, or
 *       as a Replace of what is left of its last run, and never as a RunHook.
 *   <li>AP-13: what {@link ApplySession#left} tells of a resource that was written is the resource
 *       as the write left it, and it is told once.
 * </ul>
 *
 * <p>The engine opens at most one session at a time for one target.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Applier {
  /**
   * Opens a session for a plan.
   *
   * @throws io.github.gitops4j.error.ApplyException if applying cannot begin
   */
  ApplySession open(ApplyRequest request, CallContext call);
}
