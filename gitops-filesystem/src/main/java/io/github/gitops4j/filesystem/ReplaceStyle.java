package io.github.gitops4j.filesystem;

/**
 * How a file takes the place of another.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public enum ReplaceStyle {
  /**
   * By one rename, always: at any moment there is the old file or the new one. What somebody writes
   * into the old one meanwhile is kept; if somebody <em>renames</em> another file over it within
   * the microseconds between our last look and our rename, that file is lost.
   */
  ATOMIC,
  /**
   * The old file is taken away first, whatever it is by then, and looked at: nothing is lost. For
   * some microseconds there is no file.
   */
  STRICT
}
