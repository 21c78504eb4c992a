package io.github.gitops4j.git;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.resource.FileMode;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.SourceTree;
import io.github.gitops4j.source.TreeChange;
import io.github.gitops4j.source.TreeChanges;
import io.github.gitops4j.source.TreeEntry;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/** A tree of a repository, read without ever being checked out. */
final class GitSourceTree implements SourceTree {
  private static final String SEPARATOR = "?";

  private final GitObjects repository;
  private final Revision revision;
  private final ObjectId tree;
  private final PathGlobs globs;
  private final TreeListings listings;

  GitSourceTree(GitObjects repository, Revision revision, ObjectId tree, PathGlobs globs) {
    this.repository = repository;
    this.revision = revision;
    this.tree = tree.toObjectId();
    this.globs = globs;
    this.listings = new TreeListings(this.tree);
  }

  @Override
  public String id() {
    return globs.matchEverything() ? tree.name() : tree.name() + SEPARATOR + globs.id();
  }

  @Override
  public void forEach(Consumer<TreeEntry> visitor, CallContext call) {
    call.checkActive("read tree");
    List<TreeEntry> entries =
        repository.read(
            revision,
            call,
            reader -> {
              List<TreeEntry> found = new ArrayList<>();
              try (TreeWalk walk = new TreeWalk(reader)) {
                walk.addTree(tree);
                walk.setRecursive(true);
                while (walk.next()) {
                  TreeEntry entry = entry(walk, 0);
                  if (entry != null) {
                    found.add(entry);
                  }
                }
              }
              return found;
            });
    entries.forEach(visitor);
  }

  private @Nullable TreeEntry entry(TreeWalk walk, int side) {
    FileMode mode = TreeListings.mode(walk.getRawMode(side));
    if (mode == null) {
      return null;
    }
    String path = EntryNames.path(walk);
    return globs.matches(path) ? new TreeEntry(path, mode, walk.getObjectId(side).name()) : null;
  }

  @Override
  public List<String> names(String directory, CallContext call) {
    call.checkActive("read names");
    return repository.read(
        revision,
        call,
        reader -> {
          ObjectId at = listings.subtree(directory, reader);
          List<String> names = new ArrayList<>();
          if (at == null) {
            return names;
          }
          CanonicalTreeParser parser = new CanonicalTreeParser();
          parser.reset(reader, at);
          for (; !parser.eof(); parser.next()) {
            names.add(EntryNames.name(parser));
          }
          return names;
        });
  }

  @Override
  public Optional<TreeEntry> find(String path, CallContext call) {
    call.checkActive("find file");
    return globs.matches(path)
        ? repository.read(revision, call, reader -> listings.find(path, reader))
        : Optional.empty();
  }

  @Override
  public InputStream open(TreeEntry entry) throws IOException {
    try {
      return repository.open(revision, ObjectId.fromString(entry.contentId()));
    } catch (SourceException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public long size(TreeEntry entry) {
    return repository.read(
        revision,
        reader -> reader.getObjectSize(ObjectId.fromString(entry.contentId()), Constants.OBJ_BLOB));
  }

  @Override
  public TreeChanges changesSince(String treeId, CallContext call) {
    call.checkActive("compare trees");
    String own = globs.matchEverything() ? "" : SEPARATOR + globs.id();
    int end = treeId.length() - own.length();
    if (end != Constants.OBJECT_ID_STRING_LENGTH
        || !treeId.endsWith(own)
        || !ObjectId.isId(treeId.substring(0, end))) {
      return new TreeChanges.Unknown();
    }
    ObjectId before = ObjectId.fromString(treeId.substring(0, end));
    if (!before.equals(tree) && !repository.contains(before, revision, call)) {
      return new TreeChanges.Unknown();
    }
    return repository.read(revision, call, reader -> changes(before, reader));
  }

  private TreeChanges changes(ObjectId before, ObjectReader reader) throws IOException {
    List<TreeChange> changes = new ArrayList<>();
    try (TreeWalk walk = new TreeWalk(reader)) {
      walk.addTree(before);
      walk.addTree(tree);
      walk.setRecursive(true);
      walk.setFilter(TreeFilter.ANY_DIFF);
      while (walk.next()) {
        TreeEntry old = side(walk, 0);
        TreeEntry now = side(walk, 1);
        if (old != null || now != null) {
          changes.add(
              new TreeChange(
                  EntryNames.path(walk), Optional.ofNullable(old), Optional.ofNullable(now)));
        }
      }
    }
    return new TreeChanges.Known(changes);
  }

  private @Nullable TreeEntry side(TreeWalk walk, int side) {
    return walk.getRawMode(side) == 0 ? null : entry(walk, side);
  }
}
