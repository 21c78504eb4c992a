package io.github.gitops4j.control;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what was handed in by others; what it throws is logged and stops nobody else. */
final class Guarded {
  private static final Logger LOG = LoggerFactory.getLogger(Guarded.class);

  private Guarded() {}

  /**
   * Runs a task.
   *
   * @param what it is, for the log
   */
  static void run(String what, Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.warn("{} threw", what, e);
    }
  }
}
