package io.github.gitops4j.reconcile;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * When it counts as a fight that somebody else changes a resource as often as it is put right, and
 * how long the resource is then left as it is.
 *
 * <p>After that time it is put right again; if the fight goes on, the next time is twice as long,
 * at most an hour. A fight is over when something else is declared, too.
 *
 * <p>Immutable.
 *
 * @param corrections how many corrections, without a change of what is declared, make a fight
 * @param within within which time
 * @param pause how long the resource is left at first
 * @since 0.1.0
 */
public record FightPolicy(int corrections, Duration within, Duration pause) {
  /** Checks the parts. */
  public FightPolicy {
    requireNonNull(within, "within");
    requireNonNull(pause, "pause");
    if (corrections < 1) {
      throw new IllegalArgumentException("at least one correction, not " + corrections);
    }
  }

  /** Returns ten corrections within a quarter of an hour, and ten minutes of peace. */
  public static FightPolicy defaults() {
    return new FightPolicy(10, Duration.ofMinutes(15), Duration.ofMinutes(10));
  }

  /** Returns the policy to put everything right for ever. */
  public static FightPolicy never() {
    return new FightPolicy(Integer.MAX_VALUE, Duration.ZERO, Duration.ZERO);
  }
}
