package io.github.gitops4j.plan;

/**
 * What happens to the live content that an update overwrites.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public enum LiveContent {
  /** It is what we wrote, and Git still has it. */
  EXPENDABLE,
  /** Somebody else wrote it: it is kept aside before it is overwritten. */
  KEEP_ASIDE
}
