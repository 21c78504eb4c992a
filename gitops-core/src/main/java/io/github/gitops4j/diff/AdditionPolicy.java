package io.github.gitops4j.diff;

/**
 * What is said about fields that are live and that nobody declared.
 *
 * @since 0.1.0
 */
public enum AdditionPolicy {
  /** They are changes: desired is the whole truth. */
  REPORT,
  /** They are left alone: desired names only what it cares for. */
  IGNORE
}
