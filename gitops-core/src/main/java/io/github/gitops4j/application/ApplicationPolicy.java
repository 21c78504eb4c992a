package io.github.gitops4j.application;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.gate.ApprovalRequired;
import io.github.gitops4j.gate.DeletionLimit;
import io.github.gitops4j.gate.Gate;
import io.github.gitops4j.plan.PlanPolicy;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * The policy part of an application file.
 *
 * <p>Immutable.
 *
 * @param interval how often the source is looked at; for the controller
 * @param plan what is to happen in each case
 * @param maxDeletions how many removals a plan may have without approval; empty for the default
 * @param approval whether every plan needs an approval
 * @since 0.1.0
 */
public record ApplicationPolicy(
    Duration interval, PlanPolicy plan, OptionalInt maxDeletions, Approval approval) {
  /** Checks the parts. */
  public ApplicationPolicy {
    requireNonNull(interval, "interval");
    requireNonNull(plan, "plan");
    requireNonNull(maxDeletions, "maxDeletions");
    requireNonNull(approval, "approval");
  }

  /** Whether every plan needs an approval. */
  public enum Approval {
    /** It does not. */
    NOT_NEEDED,
    /** Somebody has to approve its digest. */
    REQUIRED
  }

  /** Returns the gates that the policy asks for. */
  public List<Gate> gates() {
    Gate deletions =
        maxDeletions.isPresent()
            ? DeletionLimit.of(maxDeletions.getAsInt())
            : DeletionLimit.relative();
    return approval == Approval.REQUIRED
        ? List.of(deletions, new ApprovalRequired())
        : List.of(deletions);
  }
}
