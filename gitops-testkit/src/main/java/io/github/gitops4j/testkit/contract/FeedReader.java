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
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Waits for what a feed tells, however late its backend is. A feed that does not call its listeners
 * has to tell everything at once.
 *
 * <p>Confined to one test.
 */
final class FeedReader implements ChangeFeed.Listener, AutoCloseable {
  private static final int SECONDS = 30;

  private final Semaphore calls = new Semaphore(0);
  private final Optional<ChangeFeed.Listening> listening;

  private FeedReader(Optional<ChangeFeed> feed) {
    this.listening = feed.flatMap(told -> told.listen(this));
  }

  /** Listens to a feed, if there is one. */
  static FeedReader of(Optional<ChangeFeed> feed) {
    return new FeedReader(feed);
  }

  @Override
  public void pending() {
    calls.release();
  }

  @Override
  public void stirred(ResourceKey key) {}

  boolean isListening() {
    return listening.isPresent();
  }

  /** Forgets the calls so far. */
  void forgetCalls() {
    calls.drainPermits();
  }

  /** Waits until the listener is called. */
  void awaitCall() {
    try {
      assertTrue(calls.tryAcquire(SECONDS, TimeUnit.SECONDS), "the listener was not called");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(e);
    }
  }

  /** Asks again each time that something is told, until the answer is right; returns the last. */
  <T> T until(Supplier<T> question, Predicate<T> right) {
    T answer = question.get();
    while (!right.test(answer) && isListening()) {
      awaitCall();
      answer = question.get();
    }
    return answer;
  }

  /**
   * Returns all keys that a feed tells until these are among them; nothing if anything may have
   * changed.
   */
  Optional<Set<ResourceKey>> until(ChangeFeed feed, Set<ResourceKey> keys) {
    Set<ResourceKey> told = new HashSet<>();
    return until(
        () ->
            feed.drain() instanceof ChangeFeed.Batch.Dirty dirty
                ? Optional.of(add(told, dirty.keys()))
                : Optional.empty(),
        all -> all.isEmpty() || all.get().containsAll(keys));
  }

  private static Set<ResourceKey> add(Set<ResourceKey> told, Set<ResourceKey> more) {
    told.addAll(more);
    return told;
  }

  @Override
  public void close() {
    listening.ifPresent(ChangeFeed.Listening::close);
  }
}
