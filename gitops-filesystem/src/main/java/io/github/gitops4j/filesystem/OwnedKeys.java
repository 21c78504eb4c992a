package io.github.gitops4j.filesystem;

import io.github.gitops4j.resource.ResourceKey;
import java.util.HashSet;
import java.util.Set;

/**
 * The keys that came into the inventory since somebody asked.
 *
 * <p>Thread-safe.
 */
final class OwnedKeys {
  private final Object lock = new Object();
  private Set<ResourceKey> keys = new HashSet<>();
  private boolean everything;

  /**
   * What came.
   *
   * @param keys the keys
   * @param everything whether it may be more than these: somebody else wrote to the inventory
   */
  record Taken(Set<ResourceKey> keys, boolean everything) {}

  /** Takes note of a key that was put. */
  void put(ResourceKey key) {
    synchronized (lock) {
      keys.add(key);
    }
  }

  /** Takes note that the inventory was read anew. */
  void readAnew() {
    synchronized (lock) {
      everything = true;
    }
  }

  /** Takes what came; it is not given again. */
  Taken take() {
    synchronized (lock) {
      Taken taken = new Taken(keys, everything);
      keys = new HashSet<>();
      everything = false;
      return taken;
    }
  }
}
