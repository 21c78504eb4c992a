package io.github.gitops4j.control;

/**
 * Which applications a process takes care of, where several share the work.
 *
 * <p>Applications that wait for each other are one group, which has one name for all processes, and
 * goes to one of them.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public interface Shards {
  /**
   * Says whether a group of applications is this process's, at this moment. It is asked before each
   * turn and each write, under a lock, so it must not wait for anything; and it says no as soon as
   * another process might say yes.
   */
  boolean isMine(String group);

  /**
   * Begins to take part.
   *
   * @param moved is to be called when what is this process's has changed; it may be called from any
   *     thread
   * @return gives everything up; closed when the controller has ended its turns
   */
  Taking begin(Runnable moved);

  /** A part in the work. */
  @FunctionalInterface
  interface Taking extends AutoCloseable {
    /** Gives everything up, so that others need not wait. */
    @Override
    void close();
  }

  /** Returns the shards of a process that is alone. */
  static Shards all() {
    return new Shards() {
      @Override
      public boolean isMine(String group) {
        return true;
      }

      @Override
      public Taking begin(Runnable moved) {
        return () -> {};
      }
    };
  }
}
