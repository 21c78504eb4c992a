package io.github.gitops4j.live;

import static java.util.Objects.requireNonNull;

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

  /** Where an answer may come from. */
  enum Basis {
    /** From the live system, as it is now. */
    READ,
    /**
     * From what the change feed was told, if the provider keeps that: it is checked before anything
     * is written, and by a differ that reads. What was told may be late.
     */
    TOLD
  }

  /**
   * Look at these keys only.
   *
   * @param keys the keys
   * @param basis where the answer may come from; a provider may always read
   */
  record Keys(Set<ResourceKey> keys, Basis basis) implements Scope {
    /** Copies the set. */
    public Keys {
      keys = Set.copyOf(keys);
      requireNonNull(basis, "basis");
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

  /** Returns the scope of some keys, which are read. */
  static Scope keys(Set<ResourceKey> keys) {
    return new Keys(keys, Basis.READ);
  }

  /** Returns the scope of some keys, of which it will do what was told. */
  static Scope toldOf(Set<ResourceKey> keys) {
    return new Keys(keys, Basis.TOLD);
  }
}
