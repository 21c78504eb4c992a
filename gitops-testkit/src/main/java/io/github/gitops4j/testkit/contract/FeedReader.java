package io.github.gitops4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.gitops4j.live.ChangeFeed;
import io.github.gitops4j.resource.ResourceKey;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Drains a feed until it has told what it must, however late its backend is. */
final class FeedReader {
  private static final int SECONDS = 30;

  /** Returns a listener that releases a permit whenever there is something to drain. */
  static ChangeFeed.Listener counting(Semaphore calls) {
    return new ChangeFeed.Listener() {
      @Override
      public void pending() {
        calls.release();
      }

      @Override
      public void stirred(ResourceKey key) {}
    };
  }

  static void awaitCall(Semaphore calls) {
    try {
      assertTrue(calls.tryAcquire(SECONDS, TimeUnit.SECONDS), "the listener was not called");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(e);
    }
  }

  /**
   * Returns all keys told until these were; nothing if anything may have changed. A feed that does
   * not call its listeners has to tell them at once.
   */
  Optional<Set<ResourceKey>> until(ChangeFeed feed, Set<ResourceKey> keys) {
    Semaphore calls = new Semaphore(0);
    Optional<ChangeFeed.Listening> listening = feed.listen(counting(calls));
    try {
      Set<ResourceKey> told = new HashSet<>();
      while (true) {
        if (!(feed.drain() instanceof ChangeFeed.Batch.Dirty dirty)) {
          return Optional.empty();
        }
        told.addAll(dirty.keys());
        if (told.containsAll(keys) || listening.isEmpty()) {
          return Optional.of(told);
        }
        awaitCall(calls);
      }
    } finally {
      listening.ifPresent(ChangeFeed.Listening::close);
    }
  }
}
