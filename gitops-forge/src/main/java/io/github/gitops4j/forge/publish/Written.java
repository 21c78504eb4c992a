package io.github.gitops4j.forge.publish;

/**
 * What became of a comment or an issue.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public enum Written {
  /** It was made. */
  CREATED,
  /** It was there and says something else now. */
  UPDATED,
  /** It was there and said that already. */
  UNCHANGED,
  /** It was there and is deleted, or closed. */
  REMOVED,
  /** There was none, and there is to be none. */
  ABSENT
}
