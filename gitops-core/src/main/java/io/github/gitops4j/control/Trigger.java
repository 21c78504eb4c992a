package io.github.gitops4j.control;

import java.util.function.Predicate;

/**
 * Tells a controller that something may have happened, such as a webhook does.
 *
 * <p>It only says where to look: it may be late, doubled or wrong, and what it misses is found at
 * the next interval.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Trigger {
  /**
   * Begins to tell.
   *
   * @param sink what is told; may be called from any thread, never blocks, and does nothing once
   *     the controller is closed
   * @return ends it; closed with the controller
   */
  Started start(Sink sink);

  /** Ends a trigger. */
  @FunctionalInterface
  interface Started extends AutoCloseable {
    /** Tells nothing any more. */
    @Override
    void close();
  }

  /** What a trigger tells. */
  interface Sink {
    /**
     * What a remote holds may have changed: its applications look, with one request for all.
     *
     * @param remote id of the {@link io.github.gitops4j.source.Remote}
     * @return how many applications come from there
     */
    default int remoteMoved(String remote) {
      return remotesMoved(remote::equals);
    }

    /**
     * What some remotes hold may have changed. Who was told of one by another spelling of its id
     * can so compare, without knowing which there are.
     *
     * @param mayHaveMoved whether what the remote of an id holds may have changed; does not block
     * @return how many applications come from there
     */
    int remotesMoved(Predicate<String> mayHaveMoved);

    /**
     * Something about an application may have changed.
     *
     * @return whether there is one of that name
     */
    boolean applicationMoved(String application);
  }
}
