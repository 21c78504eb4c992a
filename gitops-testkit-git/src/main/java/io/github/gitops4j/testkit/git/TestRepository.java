package io.github.gitops4j.testkit.git;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;

/**
 * A real bare repository in a directory of the caller's, made for tests.
 *
 * <pre>{@code
 * try (TestRepository repository = TestRepository.create(directory)) {
 *   String id = repository.commit().put("app.yaml", "replicas: 1\n").create();
 *   repository.refs().tag("v1", id);
 * }
 * }</pre>
 *
 * <p>What a repository needs is set in its own configuration. What JGit does once for the whole
 * program is left to the program: on opening a repository JGit asks its {@code SystemReader} for
 * the user's and the system's Git configuration, and the default reader may run {@code git} to find
 * the latter. A test that must not depend on them installs a {@code SystemReader} of its own first.
 * The one thing that is set for the program is that JGit measures the clock of a file system in the
 * background, which changes no result.
 *
 * <p>Closing frees the file handles and leaves the directory. Confined to one thread, except that a
 * server may serve it meanwhile.
 *
 * @since 0.1.0
 */
public final class TestRepository implements AutoCloseable {
  /** The branch that HEAD names in a new repository. */
  public static final String DEFAULT_BRANCH = "main";

  private static final Instant FIRST_TIME = Instant.parse("2026-01-01T00:00:00Z");

  private final Path directory;
  private final Repository jgit;
  private final TestRefs refs;
  private final AtomicLong commits = new AtomicLong();

  private TestRepository(Path directory, Repository jgit) {
    this.directory = directory;
    this.jgit = jgit;
    this.refs = new TestRefs(directory, jgit);
  }

  /**
   * Make an empty bare repository whose HEAD is the unborn branch {@value #DEFAULT_BRANCH}.
   *
   * @param directory made when missing; becomes the repository itself, without a work tree
   * @return the open repository
   * @throws IllegalStateException when there is a repository already
   */
  public static TestRepository create(Path directory) {
    requireNonNull(directory, "directory");
    Repository jgit = build(directory);
    try {
      jgit.create(true);
      StoredConfig config = jgit.getConfig();
      config.setInt(ConfigConstants.CONFIG_GC_SECTION, null, ConfigConstants.CONFIG_KEY_AUTO, 0);
      config.setInt(ConfigConstants.CONFIG_GC_SECTION, null, "autopacklimit", 0);
      config.setString(ConfigConstants.CONFIG_GC_SECTION, null, "pruneexpire", "now");
      config.setString(ConfigConstants.CONFIG_GC_SECTION, null, "prunepackexpire", "now");
      config.setBoolean("receive", null, "autogc", false);
      config.setBoolean("uploadpack", null, "allowfilter", true);
      config.setBoolean("uploadpack", null, "allowanysha1inwant", true);
      config.save();
    } catch (IOException e) {
      jgit.close();
      throw new UncheckedIOException(e);
    }
    TestRepository repository = new TestRepository(directory, jgit);
    repository.refs().head(Constants.R_HEADS + DEFAULT_BRANCH);
    return repository;
  }

  /**
   * Open a bare repository that is there already.
   *
   * @param directory the repository itself
   * @return the open repository
   */
  public static TestRepository open(Path directory) {
    requireNonNull(directory, "directory");
    return new TestRepository(directory, build(directory));
  }

  private static Repository build(Path directory) {
    measureClockElsewhere();
    try {
      return new FileRepositoryBuilder().setBare().setGitDir(directory.toFile()).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * On the first use of a file system JGit measures its clock, for three seconds and by files in
   * the directory that it was asked about: in the background, so that no test waits, and in the
   * directory of temporary files, so that no test finds such a file while it cleans up.
   */
  private static void measureClockElsewhere() {
    FS.FileStoreAttributes.setBackground(true);
    FS.FileStoreAttributes.get(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** Give the directory of the repository. */
  public Path directory() {
    return directory;
  }

  /** Give the {@code file:} URL of the repository. */
  public URI uri() {
    return directory.toUri();
  }

  /** Begin a commit on the branch {@value #DEFAULT_BRANCH}. */
  public CommitBuilder commit() {
    return commit(DEFAULT_BRANCH);
  }

  /**
   * Begin a commit on a branch, which may be missing.
   *
   * @param branch the short name
   */
  public CommitBuilder commit(String branch) {
    return new CommitBuilder(this, requireNonNull(branch, "branch"));
  }

  /** Give the branches, tags and HEAD. */
  public TestRefs refs() {
    return refs;
  }

  /** Give the means to damage the files of this repository. */
  public RepositoryDamage damage() {
    return new RepositoryDamage(jgit, directory);
  }

  /**
   * Write a commit object of any bytes and leave all refs alone.
   *
   * @return its id
   */
  public String commitRaw(byte[] content) {
    return writeRaw(ObjectKind.COMMIT, content);
  }

  /**
   * Write an object of any bytes, also such as no Git could read.
   *
   * @return its id
   */
  public String writeRaw(ObjectKind kind, byte[] content) {
    requireNonNull(kind, "kind");
    try (ObjectInserter inserter = jgit.newObjectInserter()) {
      ObjectId id = inserter.insert(kind.code(), content);
      inserter.flush();
      return id.name();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Read the bytes of an object of moderate size (50 MB), without its header. */
  public byte[] readRaw(String id) {
    try (ObjectReader reader = jgit.newObjectReader()) {
      return reader.open(ObjectId.fromString(id)).getBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Give the id of a commit's tree. */
  public String treeOf(String commitId) {
    try (RevWalk walk = new RevWalk(jgit)) {
      return walk.parseCommit(ObjectId.fromString(commitId)).getTree().name();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Move all objects that a ref reaches into one pack and drop all others. */
  public void pack() {
    // Not closed: the Git object does not own the repository.
    Git git = Git.wrap(jgit);
    try {
      git.gc().call();
    } catch (GitAPIException e) {
      throw new IllegalStateException(directory + ": packing failed: " + e.getMessage(), e);
    }
  }

  Repository jgit() {
    return jgit;
  }

  Instant nextTime() {
    return FIRST_TIME.plusSeconds(commits.getAndIncrement());
  }

  @Override
  public void close() {
    jgit.close();
  }
}
