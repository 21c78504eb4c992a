package io.github.gitops4j.kubernetes.inventory;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Knows whether one head is as it was read, without asking for it.
 *
 * <p>Thread-safe.
 */
final class HeadWatch implements AutoCloseable {
  /** A program that makes one pass has no use for a watch. */
  private static final int READS_OF_A_PASS = 2;

  private final HeadWatches all;
  private final HeadsOfNamespace heads;
  private final String head;
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicBoolean over = new AtomicBoolean();

  HeadWatch(HeadWatches all, HeadsOfNamespace heads, String head) {
    this.all = all;
    this.heads = heads;
    this.head = head;
  }

  /** Says whether the head still has that version, as far as it is told. */
  boolean holds(String version) {
    return !over.get() && heads.holds(head, version);
  }

  /** Begins, or begins again, when the head has to be read. */
  void follow() {
    if (reads.incrementAndGet() > READS_OF_A_PASS && !over.get() && all.mayBegin(heads)) {
      heads.follow();
    }
  }

  /** Ends it for good. */
  @Override
  public void close() {
    if (over.compareAndSet(false, true)) {
      all.leave(heads);
    }
  }
}
