package io.github.gitops4j.filesystem;

/**
 * Which symbolic links may be declared.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public enum LinkPolicy {
  /** None. */
  DENY,
  /** Relative ones that stay inside the root and outside its state directory. */
  INSIDE_ROOT,
  /** Any. */
  ANY
}
