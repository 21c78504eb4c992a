package io.github.gitops4j.control;

import io.github.gitops4j.resource.ResourceKey;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The resources whose health may have changed, up to a number; beyond it, any may have.
 *
 * <p>Thread-safe.
 */
final class Stirred {
  private static final int MOST = 500;

  private Set<ResourceKey> keys = new HashSet<>();
  private boolean any;

  synchronized void add(ResourceKey key) {
    if (keys.size() < MOST) {
      keys.add(key);
    } else {
      any = true;
    }
  }

  /** Takes the resources out; nothing is said if it may be any. */
  synchronized Optional<Set<ResourceKey>> take() {
    Optional<Set<ResourceKey>> taken = any ? Optional.empty() : Optional.of(keys);
    keys = new HashSet<>();
    any = false;
    return taken;
  }
}
