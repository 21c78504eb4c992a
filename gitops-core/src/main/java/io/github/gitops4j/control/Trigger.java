package io.github.gitops4j.control;

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
    int remoteMoved(String remote);

    /**
     * Something about an application may have changed.
     *
     * @return whether there is one of that name
     */
    boolean applicationMoved(String application);
  }
}
