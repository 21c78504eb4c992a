package io.github.gitops4j.live;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.ResourceKey;
import java.util.Optional;
import java.util.Set;

/**
 * Tells which keys may have changed since the feed was last drained.
 *
 * <ul>
 *   <li>CF-1: a change of a live resource after one drain is in the answer of the next one, or as
 *       soon as the live system tells it, or the answer is {@link Batch.Invalidated}. What is not
 *       in the inventory may be left out: the engine looks at what it does not own yet anyway.
 *   <li>CF-2: the first drain is Invalidated, as nobody knows what happened before.
 *   <li>CF-3: a key may be reported without a change, and more than once.
 *   <li>CF-4: after any doubt (overflow, relist, lost watch) the answer is Invalidated, or has all
 *       keys that the doubt is about.
 *   <li>CF-5: a feed that claims to be precise is Invalidated for no other reason than a doubt or
 *       the time since the last full look, tells the keys of a handful of changes of what is owned,
 *       and tells nothing once nothing changes any more.
 *   <li>CF-6: after {@link #listen} a listener is told of each change that a drain would tell, and
 *       of each doubt, soon after the live system tells it, without anybody asking.
 * </ul>
 *
 * <p>Thread-safe; the engine drains from one thread at a time.
 *
 * @since 0.1.0
 */
public interface ChangeFeed {
  /** Takes what has been collected; it is not reported again. */
  Batch drain();

  /**
   * Tells a listener what happens from now on. A feed that listeners wait for begins to collect at
   * once.
   *
   * @return a registration; nothing if this feed learns of changes only when it is drained
   */
  default Optional<Listening> listen(Listener listener) {
    return Optional.empty();
  }

  /**
   * What a feed tells by itself. It is called from threads of the backend, must not block, and must
   * be ready for more than one call at a time.
   */
  interface Listener {
    /** There is something to drain. */
    void pending();

    /**
     * Something about a resource changed that nobody could own, such as its status; a drain does
     * not tell it.
     */
    void stirred(ResourceKey key);
  }

  /** A listener's registration. */
  @FunctionalInterface
  interface Listening extends AutoCloseable {
    /** Forgets the listener; a call that is under way may still end later. */
    @Override
    void close();
  }

  /** What a drain gave. */
  sealed interface Batch permits Batch.Dirty, Batch.Invalidated {
    /**
     * Nothing but these keys may have changed.
     *
     * @param keys the keys
     */
    record Dirty(Set<ResourceKey> keys) implements Batch {
      /** Copies the set. */
      public Dirty {
        keys = Set.copyOf(keys);
      }
    }

    /**
     * Anything may have changed: look at everything.
     *
     * @param reason why, for the report
     */
    record Invalidated(String reason) implements Batch {
      /** Checks the parts. */
      public Invalidated {
        requireNonNull(reason, "reason");
      }
    }
  }
}
