package io.github.gitops4j.apply;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.error.Failure;
import io.github.gitops4j.inventory.Applied;
import io.github.gitops4j.resource.Keyed;
import io.github.gitops4j.resource.ResourceKey;

/**
 * What happened to one resource.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public sealed interface ApplyOutcome extends Keyed
    permits ApplyOutcome.Written, ApplyOutcome.Removed, ApplyOutcome.Removing, ApplyOutcome.Failed {

  /** Returns the effect. */
  Effect effect();

  /**
   * The resource is now as declared and ours.
   *
   * @param key the resource
   * @param effect CREATED, UPDATED, REPLACED or ADOPTED
   * @param applied what it looks like now
   * @param keptAside where overwritten content was kept; empty text if nothing had to be
   */
  record Written(ResourceKey key, Effect effect, Applied applied, String keptAside)
      implements ApplyOutcome {
    /** Checks the parts. */
    public Written {
      requireNonNull(key, "key");
      requireNonNull(applied, "applied");
      requireNonNull(keptAside, "keptAside");
      switch (effect) {
        case CREATED, UPDATED, REPLACED, ADOPTED -> {}
        default -> throw new IllegalArgumentException("not a writing effect: " + effect);
      }
    }

    /** Creates the outcome of a write that overwrote nothing worth keeping. */
    public static Written of(ResourceKey key, Effect effect, Applied applied) {
      return new Written(key, effect, applied, "");
    }
  }

  /**
   * The resource is ours no longer.
   *
   * @param key the resource
   * @param effect PRUNED, QUARANTINED or RELEASED
   * @param keptAside where its content was kept; empty text if it was not
   */
  record Removed(ResourceKey key, Effect effect, String keptAside) implements ApplyOutcome {
    /** Checks the parts. */
    public Removed {
      requireNonNull(key, "key");
      requireNonNull(keptAside, "keptAside");
      switch (effect) {
        case PRUNED, QUARANTINED, RELEASED -> {}
        default -> throw new IllegalArgumentException("not a removing effect: " + effect);
      }
    }
  }

  /**
   * The resource was asked to go, in this pass or before, and is still there. It stays ours.
   *
   * @param key the resource
   * @param reason what keeps it, in words
   */
  record Removing(ResourceKey key, String reason) implements ApplyOutcome {
    /** Checks the parts. */
    public Removing {
      requireNonNull(key, "key");
      requireNonNull(reason, "reason");
    }

    @Override
    public Effect effect() {
      return Effect.REMOVING;
    }
  }

  /**
   * Nothing was done.
   *
   * @param key the resource
   * @param failure why
   */
  record Failed(ResourceKey key, Failure failure) implements ApplyOutcome {
    /** Checks the parts. */
    public Failed {
      requireNonNull(key, "key");
      requireNonNull(failure, "failure");
    }

    @Override
    public Effect effect() {
      return Effect.FAILED;
    }
  }
}
