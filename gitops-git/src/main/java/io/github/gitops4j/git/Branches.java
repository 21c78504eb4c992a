package io.github.gitops4j.git;

import io.github.gitops4j.source.Revision;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/** Only branches are written to: a tag that moves would be another release under an old name. */
final class Branches {
  private Branches() {}

  /** Returns a revision that names a branch and a commit. */
  static Revision check(Revision revision) {
    if (!revision.ref().startsWith(Constants.R_HEADS)
        || !Repository.isValidRefName(revision.ref())
        || !ObjectId.isId(revision.id())) {
      throw new IllegalArgumentException("not a branch and a commit: " + revision);
    }
    return revision;
  }
}
