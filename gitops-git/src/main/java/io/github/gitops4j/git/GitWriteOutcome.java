package io.github.gitops4j.git;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.source.Revision;

/**
 * What came of a change.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public sealed interface GitWriteOutcome
    permits GitWriteOutcome.Committed, GitWriteOutcome.NothingToDo {

  /** Returns the branch at the commit from which on the change is in it. */
  Revision revision();

  /**
   * The commit is in the branch.
   *
   * @param revision the branch and the commit
   */
  record Committed(Revision revision) implements GitWriteOutcome {
    /** Checks the revision. */
    public Committed {
      requireNonNull(revision, "revision");
    }
  }

  /**
   * The branch has what was asked for; no commit was made.
   *
   * @param revision the branch and its tip
   */
  record NothingToDo(Revision revision) implements GitWriteOutcome {
    /** Checks the revision. */
    public NothingToDo {
      requireNonNull(revision, "revision");
    }
  }
}
