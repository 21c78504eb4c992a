package io.github.gitops4j.plan;

/**
 * The kinds of action, for counting and for printing.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public enum ActionKind {
  /** Writes what is absent. */
  CREATE,
  /** Changes what is there. */
  UPDATE,
  /** Deletes and creates again. */
  REPLACE,
  /** Begins to own what is already as declared; writes nothing. */
  ADOPT,
  /** Removes what we own and what is no longer declared. */
  PRUNE,
  /** Removes it but keeps its content aside, as it is not what we wrote. */
  QUARANTINE,
  /** Gives up owning; writes nothing. */
  RELEASE,
  /** Runs a hook anew, in place of what was run before. */
  RUN_HOOK,
  /** Does nothing, for a reason that somebody should know. */
  HOLD
}
