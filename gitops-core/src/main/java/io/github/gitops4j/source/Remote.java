package io.github.gitops4j.source;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.Failure;
import java.util.List;

/**
 * The place that several sources come from, such as a Git repository: one request there tells what
 * all of them track.
 *
 * <p>Sources of one place have equal remotes.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public interface Remote {
  /** Returns a stable name for reports, such as the URL, without credentials. */
  String id();

  /**
   * Finds out what sources track now, as {@link TreeSource#latest} does for each of them.
   *
   * @param sources sources of this remote
   * @return one answer for each source, in their order
   * @throws io.github.gitops4j.error.SourceException if the remote cannot be asked
   */
  List<Tracked> latest(List<? extends TreeSource> sources, CallContext call);

  /**
   * What one source tracks.
   *
   * <p>Immutable.
   */
  sealed interface Tracked permits Tracked.At, Tracked.Unresolved {
    /**
     * It is known.
     *
     * @param revision the revision
     */
    record At(Revision revision) implements Tracked {
      /** Checks the revision. */
      public At {
        requireNonNull(revision, "revision");
      }
    }

    /**
     * The remote was asked, and this source tracks nothing that is there.
     *
     * @param failure why
     */
    record Unresolved(Failure failure) implements Tracked {
      /** Checks the failure. */
      public Unresolved {
        requireNonNull(failure, "failure");
      }
    }
  }
}
