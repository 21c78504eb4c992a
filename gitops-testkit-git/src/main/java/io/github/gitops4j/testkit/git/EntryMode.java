package io.github.gitops4j.testkit.git;

/**
 * What a tree says that an entry is. Immutable.
 *
 * @since 0.1.0
 */
public enum EntryMode {
  /** A plain file, mode 100644. */
  FILE(0100644),
  /** A file with the executable bit, mode 100755. */
  EXECUTABLE(0100755),
  /** A symbolic link; the content is its target. Mode 120000. */
  SYMLINK(0120000),
  /** A commit of another repository; the content is its hex id. Mode 160000. */
  SUBMODULE(0160000);

  static final int DIRECTORY_BITS = 0040000;

  private final int bits;

  EntryMode(int bits) {
    this.bits = bits;
  }

  int bits() {
    return bits;
  }
}
