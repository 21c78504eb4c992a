package io.github.gitops4j.cli;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of a run: virtual ones where the JVM has them. */
final class WorkerThreads {
  private WorkerThreads() {}

  /** Creates an executor that has a thread for each task. */
  static ExecutorService create() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (NoSuchMethodException e) {
      return Executors.newCachedThreadPool(named("gitops-worker"));
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new LinkageError("virtual threads", e);
    }
  }

  /** Returns what makes daemon threads of a name, which do not keep the process alive. */
  static ThreadFactory named(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
