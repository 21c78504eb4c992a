package io.github.gitops4j.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.gitops4j.testkit.git.TestRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * What a commit is, for comparison.
 *
 * @param message its message
 * @param author its author, with time and zone
 * @param committer its committer, likewise
 * @param parents its parents
 * @param files mode and id by path
 */
record CommitView(
    String message,
    String author,
    String committer,
    List<String> parents,
    Map<String, String> files) {

  static CommitView of(TestRepository repository, String id) {
    return of(repository.directory(), id);
  }

  static CommitView of(Path directory, String id) {
    try (Repository jgit =
            new FileRepositoryBuilder().setBare().setGitDir(directory.toFile()).build();
        ObjectReader reader = jgit.newObjectReader()) {
      return of(reader, id);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static CommitView of(ObjectReader reader, String id) throws IOException {
    try (RevWalk walk = new RevWalk(reader)) {
      RevCommit commit = walk.parseCommit(ObjectId.fromString(id));
      return new CommitView(
          commit.getFullMessage(),
          commit.getAuthorIdent().toExternalString(),
          commit.getCommitterIdent().toExternalString(),
          List.of(commit.getParents()).stream().map(RevCommit::name).toList(),
          files(reader, commit.getTree()));
    }
  }

  static Map<String, String> files(ObjectReader reader, ObjectId tree) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (TreeWalk walk = new TreeWalk(reader)) {
      walk.setRecursive(true);
      walk.addTree(tree);
      while (walk.next()) {
        String id = walk.getObjectId(0).name();
        files.put(walk.getPathString(), Integer.toOctalString(walk.getRawMode(0)) + " " + id);
      }
    }
    return files;
  }

  /** Returns the files below a directory, by their paths in it. */
  Map<String, String> below(String directory) {
    Map<String, String> below = new TreeMap<>();
    files.forEach(
        (path, file) -> {
          if (path.startsWith(directory + "/")) {
            below.put(path.substring(directory.length() + 1), file);
          }
        });
    return below;
  }

  /** Returns the files that are not below a directory. */
  Map<String, String> beside(String directory) {
    Map<String, String> beside = new TreeMap<>(files);
    beside.keySet().removeIf(path -> path.startsWith(directory + "/"));
    return beside;
  }

  static String text(TestRepository repository, String file) {
    return new String(repository.readRaw(file.substring(file.indexOf(' ') + 1)), UTF_8);
  }
}
