package io.github.gitops4j.live;

import io.github.gitops4j.call.CallContext;
import java.util.Optional;

/**
 * Reports live state.
 *
 * <ul>
 *   <li>LSP-1: {@link #observe} reads; it never writes to the live system.
 *   <li>LSP-2: absent, present and unreadable are told apart; what could not be read is {@link
 *       Observation.Unreadable}, not absent.
 *   <li>LSP-3: a resource that is not touched keeps token and digest; a changed one gets another
 *       token; a changed one that we could own gets another digest, and the old digest when the old
 *       content comes back.
 *   <li>LSP-4: one resource that cannot be read does not hide the others.
 *   <li>LSP-5: if nothing can be observed at all (root not mounted, server unreachable) it throws.
 *   <li>LSP-6: after {@link Scope.Everything}, {@link LiveState#forEachPresent} gives each present
 *       resource once.
 *   <li>LSP-7: every call ends at its deadline or soon after it is cancelled.
 *   <li>LSP-8: {@link LiveState#changedSince} names every key of which a look since that one, of
 *       any scope, saw something else than before, even if it is as it was again, or cannot tell.
 *   <li>LSP-9: what a {@link Scope.Everything} wants is seen as if it wanted all, and what is
 *       wanted again later is seen as it is then.
 * </ul>
 *
 * <p>The engine makes at most one call at a time for one target.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public interface LiveStateProvider {
  /**
   * Looks at the live system.
   *
   * @throws io.github.gitops4j.error.LiveStateException if nothing can be observed at all
   */
  LiveState observe(Scope scope, CallContext call);

  /** Returns the feed of changes, if this backend can tell what changed. */
  default Optional<ChangeFeed> changeFeed() {
    return Optional.empty();
  }
}
