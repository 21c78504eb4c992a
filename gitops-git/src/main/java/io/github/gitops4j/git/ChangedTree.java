package io.github.gitops4j.git;

import io.github.gitops4j.error.FailureCategory;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/**
 * What a change makes of the tip of its branch.
 *
 * <p>Confined to one call.
 */
final class ChangedTree {
  private final RevWalk walk;
  private final ObjectReader reader;
  private final MemoryObjects objects;
  private final TreeComposer composer;

  ChangedTree(RevWalk walk, MemoryObjects objects) {
    this.walk = walk;
    this.reader = walk.getObjectReader();
    this.objects = objects;
    this.composer = new TreeComposer(reader, objects);
  }

  /** Returns the tree of the new commit. */
  ObjectId of(GitChange change, RevCommit tip) throws IOException {
    ObjectId tree = made(change, tip);
    if (tree == null) {
      throw wrong("nothing would be left in the repository");
    }
    return tree;
  }

  private @Nullable ObjectId made(GitChange change, RevCommit tip) throws IOException {
    if (change instanceof GitChange.Rollback rollback) {
      return rolledBack(rollback, tip);
    } else if (change instanceof GitChange.Promotion promotion) {
      return promoted(promotion, tip);
    } else if (change instanceof GitChange.ImageBump bump) {
      return bumped(bump, tip);
    } else if (change instanceof GitEdit edit) {
      return edited(edit, tip);
    }
    throw new AssertionError(change);
  }

  /** Returns the lines by which a commit says where its content is from. */
  static List<String> trailers(GitChange change) {
    if (change instanceof GitChange.Rollback rollback) {
      return List.of(
          "Rolled-back-to: " + rollback.good().id(), "Rolled-back-from: " + rollback.scope());
    } else if (change instanceof GitChange.Promotion promotion) {
      return List.of("Promoted-from: " + promotion.from());
    } else if (change instanceof GitChange.ImageBump bump) {
      return List.of("Bumped-image: " + bump.reference());
    } else if (change instanceof GitEdit) {
      return List.of();
    }
    throw new AssertionError(change);
  }

  private @Nullable ObjectId rolledBack(GitChange.Rollback change, RevCommit tip)
      throws IOException {
    GitScope good = GitScope.of(change.good(), change.scope().path());
    RevCommit commit = commit(good);
    if (!walk.isMergedInto(commit, walk.parseCommit(tip))) {
      throw wrong(change.good() + " is not in the history of " + change.base().ref());
    }
    return put(tip, change.scope(), directory(commit, good));
  }

  private @Nullable ObjectId promoted(GitChange.Promotion change, RevCommit tip)
      throws IOException {
    ObjectId source = directory(commit(change.from()), change.from());
    if (change.kept().isEmpty()) {
      return put(tip, change.onto(), source);
    }
    Optional<TreeItem> target = find(tip.getTree(), change.onto().path(), reader);
    PathGlobs kept = new PathGlobs(change.kept(), List.of());
    ObjectId merged =
        new TreePromotion(kept, reader, objects)
            .of(source, target.filter(TreeItem::isDirectory).map(TreeItem::id).orElse(null));
    return put(tip, change.onto(), merged);
  }

  private @Nullable ObjectId bumped(GitChange.ImageBump change, RevCommit tip) throws IOException {
    ImageFiles files = new ImageFiles(new ImageName(change.image()), reader);
    GitScope scope = change.scope();
    ObjectId before = directory(tip, scope);
    return put(tip, scope, files.with(change.version(), before, scope, objects));
  }

  private @Nullable ObjectId put(RevCommit tip, GitScope scope, ObjectId tree) throws IOException {
    Optional<TreeItem> before = find(tip.getTree(), scope.path(), reader);
    if (before.isPresent() && !before.get().isDirectory()) {
      throw wrong(scope.path() + " is not a directory there");
    }
    return composer.with(tip.getTree(), scope.path(), TreeItem.directory(tree));
  }

  private @Nullable ObjectId edited(GitEdit change, RevCommit tip) throws IOException {
    ObjectId tree = tip.getTree();
    for (Map.Entry<String, Optional<byte[]>> file : change.files().entrySet()) {
      String path = file.getKey();
      Optional<TreeItem> before = find(tip.getTree(), path, reader);
      if (before.isPresent() && !before.get().isFile()) {
        throw wrong(path + " is not a regular file there");
      }
      TreeItem after = null;
      if (file.getValue().isPresent()) {
        ObjectId blob = objects.insert(Constants.OBJ_BLOB, file.getValue().get());
        after =
            before
                .map(item -> new TreeItem(item.mode(), blob))
                .orElseGet(() -> TreeItem.file(blob));
      }
      if (after != null || before.isPresent()) {
        tree = composer.with(tree, path, after);
      }
    }
    return tree;
  }

  private RevCommit commit(GitScope scope) throws IOException {
    return walk.parseCommit(ObjectId.fromString(scope.revision().id()));
  }

  private ObjectId directory(RevCommit commit, GitScope scope) throws IOException {
    ObjectId tree = TreeListings.subtree(commit.getTree(), scope.path(), reader);
    if (tree == null) {
      throw GitWriteException.of(
          FailureCategory.NOT_FOUND,
          "writing failed: " + scope.revision() + " has no directory " + scope.path());
    }
    return tree;
  }

  /** Returns what a path stands for in a tree. */
  static Optional<TreeItem> find(ObjectId tree, String path, ObjectReader reader)
      throws IOException {
    if (path.isEmpty()) {
      return Optional.of(TreeItem.directory(tree));
    }
    try (TreeWalk found = TreeWalk.forPath(reader, path, tree)) {
      return found == null
          ? Optional.empty()
          : Optional.of(new TreeItem(found.getRawMode(0), found.getObjectId(0)));
    }
  }

  private static GitWriteException wrong(String why) {
    return GitWriteException.of(FailureCategory.INVALID_INPUT, "writing failed: " + why);
  }
}
