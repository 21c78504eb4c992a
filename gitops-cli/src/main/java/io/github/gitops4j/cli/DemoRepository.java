package io.github.gitops4j.cli;

import io.github.gitops4j.git.JGitIsolation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;

/** The repository of the demonstration, and somebody who commits to it. */
final class DemoRepository implements AutoCloseable {
  private static final String MAIN = "main";

  private final JGitIsolation isolation;
  private final Repository repository;
  private final SortedMap<String, String> files = new TreeMap<>();

  private DemoRepository(JGitIsolation isolation, Repository repository) {
    this.isolation = isolation;
    this.repository = repository;
  }

  /** Makes an empty repository without a work tree. */
  static DemoRepository create(Path directory) throws IOException {
    JGitIsolation isolation = JGitIsolation.install();
    return isolation.run(
        () -> {
          // JGit measures the clock of the file system where it looks first.
          FS.FileStoreAttributes.get(Path.of(System.getProperty("java.io.tmpdir")));
          Repository repository =
              new FileRepositoryBuilder().setBare().setGitDir(directory.toFile()).build();
          repository.create(true);
          repository.updateRef(Constants.HEAD).link(Constants.R_HEADS + MAIN);
          return new DemoRepository(isolation, repository);
        });
  }

  /** Gives a file this content in the next commit. */
  DemoRepository put(String path, String content) {
    files.put(path, content);
    return this;
  }

  /** Leaves a file out of the next commit. */
  DemoRepository remove(String path) {
    files.remove(path);
    return this;
  }

  /** Commits the files on top of the main branch, to a branch, and returns the id. */
  String commit(String branch, String message) throws IOException {
    return isolation.run(() -> committed(branch, message));
  }

  private String committed(String branch, String message) throws IOException {
    CommitBuilder commit = new CommitBuilder();
    PersonIdent ada = new PersonIdent("Ada", "ada@example.com", Instant.now(), ZoneOffset.UTC);
    commit.setAuthor(ada);
    commit.setCommitter(ada);
    commit.setMessage(message);
    ObjectId tip = repository.resolve(Constants.R_HEADS + MAIN);
    if (tip != null) {
      commit.setParentId(tip);
    }
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      commit.setTreeId(tree(inserter));
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      move(branch, id);
      return id.name();
    }
  }

  /** Lets the main branch take over what is on top of it in another one. */
  void merge(String branch) throws IOException {
    isolation.run(
        () -> {
          move(MAIN, repository.resolve(Constants.R_HEADS + branch));
          return branch;
        });
  }

  private void move(String branch, ObjectId to) throws IOException {
    RefUpdate update = repository.updateRef(Constants.R_HEADS + branch);
    update.setNewObjectId(to);
    RefUpdate.Result result = update.update();
    if (result != RefUpdate.Result.NEW && result != RefUpdate.Result.FAST_FORWARD) {
      throw new IOException(branch + ": " + result);
    }
  }

  private ObjectId tree(ObjectInserter inserter) throws IOException {
    DirCache index = DirCache.newInCore();
    DirCacheBuilder builder = index.builder();
    for (var file : files.entrySet()) {
      DirCacheEntry entry = new DirCacheEntry(file.getKey());
      entry.setFileMode(FileMode.REGULAR_FILE);
      entry.setObjectId(
          inserter.insert(Constants.OBJ_BLOB, file.getValue().getBytes(StandardCharsets.UTF_8)));
      builder.add(entry);
    }
    builder.finish();
    return index.writeTree(inserter);
  }

  @Override
  public void close() {
    repository.close();
  }
}
