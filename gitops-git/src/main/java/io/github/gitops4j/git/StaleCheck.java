package io.github.gitops4j.git;

import io.github.gitops4j.source.Revision;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
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
      Optional<String> moved = moved(change, then, now, reader);
      return moved.isEmpty()
          ? Optional.empty()
          : stale(
              base,
              (moved.get().isEmpty() ? "it" : moved.get()) + " was changed since",
              mover(moved.get(), now, then, reader));
    }
  }

  private static Optional<String> moved(
      GitChange change, RevCommit then, RevCommit now, ObjectReader reader) throws IOException {
    if (change instanceof GitChange.ImageBump bump) {
      return versionMoved(bump, then, now, reader);
    }
    for (String path : watched(change)) {
      boolean same =
          ChangedTree.find(then.getTree(), path, reader)
              .equals(ChangedTree.find(now.getTree(), path, reader));
      if (!same) {
        return Optional.of(path);
      }
    }
    return Optional.empty();
  }

  /** Whoever changed something else of a file is no reason to decide on a version again. */
  private static Optional<String> versionMoved(
      GitChange.ImageBump change, RevCommit then, RevCommit now, ObjectReader reader)
      throws IOException {
    ImageFiles files = new ImageFiles(new ImageName(change.image()), reader);
    String path = change.scope().path();
    SortedMap<String, List<String>> decided = versions(files, then, path, reader);
    SortedMap<String, List<String>> found = versions(files, now, path, reader);
    SortedSet<String> all = new TreeSet<>(decided.keySet());
    all.addAll(found.keySet());
    return all.stream()
        .filter(file -> !Objects.equals(decided.get(file), found.get(file)))
        .findFirst();
  }

  private static SortedMap<String, List<String>> versions(
      ImageFiles files, RevCommit commit, String path, ObjectReader reader) throws IOException {
    ObjectId tree = TreeListings.subtree(commit.getTree(), path, reader);
    return tree == null ? new TreeMap<>() : files.versions(tree, path);
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
