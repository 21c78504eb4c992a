package io.github.gitops4j.resource;

/**
 * What an entry of a tree is; the modes Git knows.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public enum FileMode {
  /** A regular file. */
  REGULAR("100644"),
  /** A regular file with its executable bit set. */
  EXECUTABLE("100755"),
  /** A symbolic link; its content is the target path. */
  SYMLINK("120000"),
  /** A submodule; its content id is a commit that is not in this repository. */
  SUBMODULE("160000");

  private final String octal;

  FileMode(String octal) {
    this.octal = octal;
  }

  /** Returns the mode as Git writes it. */
  public String octal() {
    return octal;
  }
}
