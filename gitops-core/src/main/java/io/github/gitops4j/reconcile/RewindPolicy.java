package io.github.gitops4j.reconcile;

/**
 * What is done when the tracked ref no longer descends from what was applied last, or nobody can
 * tell whether it does. A source whose revisions have no order is not asked.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public enum RewindPolicy {
  /** The pass fails: somebody rewrote the branch, or an attacker serves an old state. */
  REFUSE,
  /** It is applied like any other revision. */
  ALLOW
}
