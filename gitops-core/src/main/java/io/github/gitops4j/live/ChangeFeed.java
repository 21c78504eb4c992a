package io.github.gitops4j.live;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.ResourceKey;
import java.util.Set;

/**
 * Tells which keys may have changed since the feed was last drained.
 *
 * <ul>
 *   <li>CF-1: a change of a live resource that happened before {@link #drain()} is called and after
 *       the drain before is in the answer, or the answer is {@link Batch.Invalidated}. What is not
 *       in the inventory may be left out: the engine looks at what it does not own yet anyway.
 *   <li>CF-2: the first drain is Invalidated, as nobody knows what happened before.
 *   <li>CF-3: a key may be reported without a change, and more than once.
 *   <li>CF-4: after any doubt (overflow, relist, lost watch) the answer is Invalidated, or has all
 *       keys that the doubt is about.
 *   <li>CF-5: a feed that claims to be precise is Invalidated for no other reason than a doubt or
 *       the time since the last full look, tells the keys of a handful of changes of what is owned,
 *       and tells nothing once nothing changes any more.
 * </ul>
 *
 * <p>Thread-safe; the engine drains from one thread at a time.
 *
 * @since 0.1.0
 */
public interface ChangeFeed {
  /** Takes what has been collected; it is not reported again. */
  Batch drain();

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
