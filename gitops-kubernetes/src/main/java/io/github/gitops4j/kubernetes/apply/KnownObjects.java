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
@FunctionalInterface
public interface KnownObjects {
  /** Returns an object as it was last seen; nothing if it was not. */
  Optional<LiveResource> find(ResourceKey key);

  /** Returns what knows nothing. */
  static KnownObjects none() {
    return key -> Optional.empty();
  }
}
