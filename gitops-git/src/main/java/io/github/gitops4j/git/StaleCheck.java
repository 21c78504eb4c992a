package io.github.gitops4j.git;

import io.github.gitops4j.source.Revision;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilterGroup;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/** Tells a change of what is no longer as it was when the change was decided. */
final class StaleCheck {
  private StaleCheck() {}

  /**
   * Compares a branch with the base of a change.
   *
   * @return why not, with who changed it last, if what is to be changed differs
   */
  static Optional<GitWriteException> of(GitChange change, ObjectId tip, ObjectReader reader)
      throws IOException {
    Revision base = change.base();
    ObjectId decided = ObjectId.fromString(base.id());
    if (decided.equals(tip)) {
      return Optional.empty();
    }
    try (RevWalk walk = new RevWalk(reader)) {
      RevCommit now = walk.parseCommit(tip);
      if (!reader.has(decided) || !walk.isMergedInto(walk.parseCommit(decided), now)) {
        return stale(base, "the branch was rewritten, and no longer has that commit", now);
      }
      RevCommit then = walk.parseCommit(decided);
      for (String path : watched(change)) {
        boolean same =
            ChangedTree.find(then.getTree(), path, reader)
                .equals(ChangedTree.find(now.getTree(), path, reader));
        if (!same) {
          RevCommit mover = mover(path, now, then, reader);
          return stale(base, (path.isEmpty() ? "it" : path) + " was changed since", mover);
        }
      }
      return Optional.empty();
    }
  }

  private static Collection<String> watched(GitChange change) {
    if (change instanceof GitChange.Rollback rollback) {
      return List.of(rollback.scope().path());
    } else if (change instanceof GitChange.Promotion promotion) {
      return List.of(promotion.onto().path());
    } else if (change instanceof GitEdit edit) {
      return edit.paths();
    }
    throw new AssertionError(change);
  }

  /** Returns the last commit that changed a path; a merge may have done so without one. */
  private static @Nullable RevCommit mover(
      String path, ObjectId now, ObjectId then, ObjectReader reader) throws IOException {
    try (RevWalk walk = new RevWalk(reader)) {
      walk.markStart(walk.parseCommit(now));
      walk.markUninteresting(walk.parseCommit(then));
      walk.setTreeFilter(
          path.isEmpty()
              ? TreeFilter.ANY_DIFF
              : AndTreeFilter.create(PathFilterGroup.createFromStrings(path), TreeFilter.ANY_DIFF));
      RevCommit found = walk.next();
      if (found != null) {
        walk.parseBody(found);
      }
      return found;
    }
  }

  private static Optional<GitWriteException> stale(
      Revision base, String what, @Nullable RevCommit by) {
    String message = base + ": writing failed: " + what;
    if (by == null) {
      return Optional.of(GitWriteException.stale(message, Optional.empty()));
    }
    PersonIdent author = by.getAuthorIdent();
    String who = author == null ? "" : author.getName() + " <" + author.getEmailAddress() + ">";
    return Optional.of(
        GitWriteException.stale(
            message
                + ", last by "
                + who
                + " in "
                + by.name()
                + ", \""
                + by.getShortMessage()
                + "\"",
            Optional.of(new Revision(base.ref(), by.name()))));
  }
}
