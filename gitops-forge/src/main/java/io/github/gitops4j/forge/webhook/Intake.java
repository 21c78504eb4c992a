package io.github.gitops4j.forge.webhook;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds what is held of all requests together. Thread-safe. */
final class Intake {
  private final int mostAtOnce;
  private final long mostBytes;
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  Intake(int mostAtOnce, long mostBytes) {
    this.mostAtOnce = mostAtOnce;
    this.mostBytes = mostBytes;
  }

  /** Begins to hold something of a request; ask {@link Held#isAllowed} whether that may be. */
  Held begin() {
    return new Held(requests.incrementAndGet() <= mostAtOnce);
  }

  /** What is held of one request. Confined to one thread. */
  final class Held implements AutoCloseable {
    private final boolean allowed;
    private long own;

    Held(boolean allowed) {
      this.allowed = allowed;
    }

    /** Says whether there are not too many requests already. */
    boolean isAllowed() {
      return allowed;
    }

    /** Says whether there is room for some bytes more, and takes it. */
    boolean take(int more) {
      if (bytes.addAndGet(more) > mostBytes) {
        bytes.addAndGet(-more);
        return false;
      }
      own += more;
      return true;
    }

    /** Lets go of everything. */
    @Override
    public void close() {
      bytes.addAndGet(-own);
      requests.decrementAndGet();
    }
  }
}
