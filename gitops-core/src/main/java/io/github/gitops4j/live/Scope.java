package io.github.gitops4j.live;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.ResourceKey;
import java.util.Set;
import java.util.function.Predicate;

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
   * @param wanted says for which keys it will be asked, so for what is declared or owned; of others
   *     a provider need not find out anything. Several threads may ask it
   */
  record Everything(Set<Place> inUse, Predicate<ResourceKey> wanted) implements Scope {
    /** Copies the set. */
    public Everything {
      inUse = Set.copyOf(inUse);
      requireNonNull(wanted, "wanted");
    }
  }

  /**
   * Look at these keys only.
   *
   * <p>A removal is never planned from what was told, as nothing would show that it was told late.
   *
   * @param keys the keys
   * @param told those of them for which it will do what the change feed was told, if the provider
   *     keeps that: it is checked by a differ that reads, and before anything is written. A
   *     provider may always read
   */
  record Keys(Set<ResourceKey> keys, Set<ResourceKey> told) implements Scope {
    /**
     * Copies the sets.
     *
     * @throws IllegalArgumentException if one of {@code told} is none of the keys
     */
    public Keys {
      keys = Set.copyOf(keys);
      told = Set.copyOf(told);
      if (!keys.containsAll(told)) {
        throw new IllegalArgumentException("told: expected some of " + keys + ", got " + told);
      }
    }
  }

  /** Returns the scope of everything. */
  static Scope everything() {
    return everything(Set.of());
  }

  /** Returns the scope of everything, of which these places are in use. */
  static Scope everything(Set<Place> inUse) {
    return everything(inUse, key -> true);
  }

  /** Returns the scope of everything, of which these places are in use and these keys wanted. */
  static Scope everything(Set<Place> inUse, Predicate<ResourceKey> wanted) {
    return new Everything(inUse, wanted);
  }

  /** Returns the scope of some keys, which are read. */
  static Scope keys(Set<ResourceKey> keys) {
    return new Keys(keys, Set.of());
  }
}
