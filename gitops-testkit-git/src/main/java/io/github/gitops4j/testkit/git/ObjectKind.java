package io.github.gitops4j.testkit.git;

import org.eclipse.jgit.lib.Constants;

/**
 * The four kinds of object in a Git repository. Immutable.
 *
 * @since 0.1.0
 */
public enum ObjectKind {
  /** The bytes of a file. */
  BLOB(Constants.OBJ_BLOB),
  /** A directory. */
  TREE(Constants.OBJ_TREE),
  /** A commit. */
  COMMIT(Constants.OBJ_COMMIT),
  /** An annotated tag. */
  TAG(Constants.OBJ_TAG);

  private final int code;

  ObjectKind(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
