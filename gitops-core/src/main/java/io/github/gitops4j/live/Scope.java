package io.github.gitops4j.live;

import io.github.gitops4j.resource.ResourceKey;
import java.util.Set;

/**
 * What to look at.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public sealed interface Scope permits Scope.Everything, Scope.Keys {

  /**
   * Look at everything anew, trusting nothing that was kept without a reason.
   *
   * @param inUse where what is declared or owned is, for providers that look at nothing else; empty
   *     if that is not known
   */
  record Everything(Set<Place> inUse) implements Scope {
    /** Copies the set. */
    public Everything {
      inUse = Set.copyOf(inUse);
    }
  }

  /**
   * Look at these keys only.
   *
   * @param keys the keys
   */
  record Keys(Set<ResourceKey> keys) implements Scope {
    /** Copies the set. */
    public Keys {
      keys = Set.copyOf(keys);
    }
  }

  /** Returns the scope of everything. */
  static Scope everything() {
    return everything(Set.of());
  }

  /** Returns the scope of everything, of which these places are in use. */
  static Scope everything(Set<Place> inUse) {
    return new Everything(inUse);
  }

  /** Returns the scope of some keys. */
  static Scope keys(Set<ResourceKey> keys) {
    return new Keys(keys);
  }
}
