package io.github.gitops4j.git;

import io.github.gitops4j.source.Revision;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A commit that is in memory.
 *
 * @param id the commit
 * @param parent the branch, and the tip that it follows
 * @param objects the commit, and what else is new with it
 */
record NewCommit(ObjectId id, Revision parent, MemoryObjects objects) {
  Revision revision() {
    return new Revision(parent.ref(), id.name());
  }
}
