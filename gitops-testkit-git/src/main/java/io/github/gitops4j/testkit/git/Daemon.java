package io.github.gitops4j.testkit.git;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that never keep a test run alive. */
final class Daemon {
  private Daemon() {}

  static void start(String name, Runnable task) {
    newThread(name, task).start();
  }

  static ThreadFactory factory(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return task -> newThread(prefix + '-' + number.incrementAndGet(), task);
  }

  private static Thread newThread(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
