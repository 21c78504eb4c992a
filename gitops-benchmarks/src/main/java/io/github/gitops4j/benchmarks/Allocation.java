package io.github.gitops4j.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What the threads that live now have allocated; those that ended in between are missing. */
final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final long before = now();

  /** Returns the megabytes since this was made. */
  double megabytes() {
    return (now() - before) / 1e6;
  }

  private static long now() {
    long sum = 0;
    for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
      sum += Math.max(0, bytes);
    }
    return sum;
  }
}
