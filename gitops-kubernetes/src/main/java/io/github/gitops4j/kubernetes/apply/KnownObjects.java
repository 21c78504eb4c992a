package io.github.gitops4j.kubernetes.apply;

import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.resource.ResourceKey;
import java.util.Optional;

/**
 * What is known of live objects without asking the server: it spares a read before each write, as
 * the write is fenced by the version that is known.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public interface KnownObjects {
  /** Returns an object as it was last seen, perhaps without content; nothing if it was not. */
  Optional<LiveResource> find(ResourceKey key);

  /**
   * Takes note of an object as the server has just told it.
   *
   * @param terminating whether it was asked to go
   */
  void note(LiveResource seen, boolean terminating);

  /** Takes note that an object is gone. */
  void gone(ResourceKey key);

  /** Returns what knows nothing. */
  static KnownObjects none() {
    return new KnownObjects() {
      @Override
      public Optional<LiveResource> find(ResourceKey key) {
        return Optional.empty();
      }

      @Override
      public void note(LiveResource seen, boolean terminating) {}

      @Override
      public void gone(ResourceKey key) {}
    };
  }
}
