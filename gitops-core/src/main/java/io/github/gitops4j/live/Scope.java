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

  /** Look at everything anew, trusting nothing that was kept without a reason. */
  record Everything() implements Scope {}

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
    return new Everything();
  }

  /** Returns the scope of some keys. */
  static Scope keys(Set<ResourceKey> keys) {
    return new Keys(keys);
  }
}
