package io.github.gitops4j.source;

import io.github.gitops4j.call.CallContext;
import java.util.Optional;

/**
 * Gives the desired state at a revision.
 *
 * <ul>
 *   <li>DSS-1: {@link #latest} is cheap and names what is tracked now.
 *   <li>DSS-2: {@link #fetch} gives exactly that revision or throws.
 *   <li>DSS-3: fetching one revision twice gives equal content ids and equal entries, with and
 *       without a hint.
 *   <li>DSS-4: a source that cannot be reached, is empty or lacks the ref throws; it never gives an
 *       empty state instead.
 *   <li>DSS-5: a file that cannot be understood becomes a {@link BrokenInput}; the others are still
 *       read.
 *   <li>DSS-6: every call ends at its deadline or soon after it is cancelled.
 *   <li>DSS-7: with a hint of the same source, changes since the hint are Known whenever the source
 *       can tell.
 * </ul>
 *
 * <p>The engine makes at most one call at a time for one target; several targets may share a
 * source.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public interface DesiredStateSource {
  /** Returns a stable name of this source for reports, without credentials. */
  String id();

  /**
   * Returns the revision that is tracked now.
   *
   * @throws io.github.gitops4j.error.SourceException if it cannot be resolved
   */
  Revision latest(CallContext call);

  /**
   * Returns what a revision declares.
   *
   * @param hint an earlier state of this source; lets the work follow the change
   * @throws io.github.gitops4j.error.SourceException if the revision cannot be had
   */
  DesiredState fetch(Revision revision, Optional<DesiredState> hint, CallContext call);

  /** Returns how revisions of this source relate. */
  RevisionOrder order();

  /**
   * Says that a pass is over: what was kept so that nothing is read twice in it may go. States that
   * were fetched stay as they are.
   */
  default void passEnded() {}
}
