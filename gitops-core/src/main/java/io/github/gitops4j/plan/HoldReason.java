package io.github.gitops4j.plan;

/**
 * Why an action is in the plan but will not run.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public enum HoldReason {
  /** Something that we do not own is where we want to write. */
  UNMANAGED_IN_THE_WAY,
  /** Another owner's mark is on it. */
  OWNED_BY_ANOTHER,
  /** Declared, live and applied content all differ. */
  CONFLICT,
  /** Live was changed or removed, and the policy says to report only. */
  DRIFT_REPORTED,
  /** It was put right again and again, and somebody else changed it each time. */
  FIGHT,
  /** It cannot be said how live and desired differ, or whether it is there. */
  UNDECIDED,
  /** The policy says not to prune, or the resource does. */
  PRUNE_DISABLED,
  /** Part of the desired state could not be read. */
  INCOMPLETE_DESIRED,
  /** Nothing at all is declared. */
  EMPTY_DESIRED,
  /** What it depends on is held, failed or not declared. */
  DEPENDENCY,
  /** A hook that comes before it has failed for this revision. */
  HOOK_FAILED,
  /** It is part of a cycle of dependencies. */
  DEPENDENCY_CYCLE,
  /** The resource says not to touch it. */
  NOT_TO_BE_TOUCHED,
  /** The target refuses it. */
  REFUSED_BY_TARGET
}
