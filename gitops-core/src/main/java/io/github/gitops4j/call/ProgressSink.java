package io.github.gitops4j.call;

/**
 * Receives progress of long work, for a terminal or a log.
 *
 * <p>Calls come from any thread that works, at most a few a second for one phase. A sink must
 * return quickly; what it throws is swallowed.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ProgressSink {
  /**
   * Reports how far a phase is.
   *
   * @param phase the phase's name in lower case, for example {@code fetch}
   * @param done units done
   * @param total units in all, or -1 if unknown
   */
  void progress(String phase, long done, long total);

  /** Returns a sink that drops everything. */
  static ProgressSink none() {
    return (phase, done, total) -> {};
  }
}
