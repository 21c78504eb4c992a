package io.github.gitops4j.source;

import io.github.gitops4j.call.CallContext;
import java.util.Optional;

/**
 * A place that holds revisions of a tree of files: a Git repository, a directory.
 *
 * <ul>
 *   <li>TS-1: {@link #latest} names what the tracked ref points to now; it reads no file content
 *       that did not change since it was read before.
 *   <li>TS-2: {@link #fetch} gives exactly the revision asked for or throws.
 *   <li>TS-3: fetching one revision twice gives trees with equal ids.
 *   <li>TS-4: a source that cannot be reached, is empty or lacks the ref throws; it never gives an
 *       empty tree instead.
 *   <li>TS-5: every call ends at the deadline or soon after it is cancelled.
 *   <li>TS-6: {@link #id()} and all messages are free of credentials.
 *   <li>TS-7: a {@link #remote()} tells of this source what {@link #latest} tells.
 * </ul>
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public interface TreeSource {
  /** Returns a stable name of this source for reports. */
  String id();

  /**
   * Returns the revision that is tracked now.
   *
   * @throws io.github.gitops4j.error.SourceException if it cannot be resolved
   */
  Revision latest(CallContext call);

  /**
   * Returns the tree of a revision.
   *
   * @throws io.github.gitops4j.error.SourceException if it cannot be had, complete and verified
   */
  FetchedTree fetch(Revision revision, CallContext call);

  /** Returns how revisions of this source relate. */
  RevisionOrder order();

  /**
   * Returns the directory in which the paths of its files begin: within the repository, or on the
   * disk if it is none; by default it is the root.
   */
  default String path() {
    return "";
  }

  /** Returns what tells of this source and others in one request; by default there is none. */
  default Optional<Remote> remote() {
    return Optional.empty();
  }
}
