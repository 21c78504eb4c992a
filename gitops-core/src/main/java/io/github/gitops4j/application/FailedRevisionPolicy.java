package io.github.gitops4j.application;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.reconcile.RollbackPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a controller does about a revision that could not be applied, or did not become healthy.
 *
 * <p>A new revision is tried in any case, and so is the same one if somebody asks for that. What
 * cannot even be planned because a backend does not answer counts as no attempt.
 *
 * <p>Immutable.
 *
 * @param attempts how often it is tried at most; empty if it is tried until it succeeds
 * @param rescuedByDrift whether it is tried as often again when live has changed
 * @param rollback if the target goes back to the last revision with which everything was healthy:
 *     how long after it became healthy a revision may still fail
 * @since 0.1.0
 */
public record FailedRevisionPolicy(
    OptionalInt attempts, boolean rescuedByDrift, Optional<Duration> rollback) {
  /** Checks the parts. */
  public FailedRevisionPolicy {
    requireNonNull(attempts, "attempts");
    requireNonNull(rollback, "rollback");
    if (attempts.isPresent() && attempts.getAsInt() < 1) {
      throw new IllegalArgumentException("at least one attempt, not " + attempts.getAsInt());
    }
  }

  /** Returns the policy to try until it succeeds, later each time. */
  public static FailedRevisionPolicy retry() {
    return new FailedRevisionPolicy(OptionalInt.empty(), false, Optional.empty());
  }

  /** Returns the policy to give up after some attempts, until there is a new revision. */
  public static FailedRevisionPolicy giveUpAfter(int attempts) {
    return new FailedRevisionPolicy(OptionalInt.of(attempts), false, Optional.empty());
  }

  /**
   * Returns the same policy with a rollback: if its operation fails, or if something of it is
   * degraded not long after it became healthy.
   *
   * @param within how long after it became healthy
   */
  public FailedRevisionPolicy rollingBack(Duration within) {
    return new FailedRevisionPolicy(attempts, rescuedByDrift, Optional.of(within));
  }

  /** Returns what a reconciler does with a revision that has failed. */
  public RollbackPolicy rollbackPolicy() {
    return rollback.isPresent() ? RollbackPolicy.TO_LAST_HEALTHY : RollbackPolicy.NEVER;
  }
}
