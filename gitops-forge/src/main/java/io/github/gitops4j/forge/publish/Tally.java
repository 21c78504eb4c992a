package io.github.gitops4j.forge.publish;

import java.util.concurrent.atomic.LongAdder;

/** Counts. Thread-safe. */
final class Tally {
  private final LongAdder sent = new LongAdder();
  private final LongAdder skipped = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder failed = new LongAdder();

  void sent() {
    sent.increment();
  }

  void skipped() {
    skipped.increment();
  }

  void dropped() {
    dropped.increment();
  }

  void failed() {
    failed.increment();
  }

  PublishCounts now() {
    return new PublishCounts(sent.sum(), skipped.sum(), dropped.sum(), failed.sum());
  }
}
