package io.github.gitops4j.git;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.source.FetchedTree;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.RevisionOrder;
import io.github.gitops4j.source.SourceTree;
import io.github.gitops4j.source.TreeSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.jspecify.annotations.Nullable;

/**
 * A clone on this machine, as a pipeline has checked it out. It is only read: nothing is fetched,
 * nothing is written, and its configuration is not believed: of that only the URLs of the remotes
 * are read, as text.
 *
 * <pre>{@code
 * try (GitClone clone = GitClone.open(Path.of("."), JGitIsolation.install())) {
 *   Revision head = clone.resolve("HEAD");
 *   Revision base = clone.mergeBase(clone.resolve("origin/main"), head);
 *   TreeSource source = clone.sourceOfChange("HEAD", "envs/prod", List.of(), List.of());
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class GitClone implements AutoCloseable {
  private final CloneRepository repository;
  private final JGitIsolation isolation;
  private final ClonePlace parts;
  private final List<String> remotes;
  private final Path place;

  private GitClone(
      CloneRepository repository, JGitIsolation isolation, ClonePlace parts, Path place) {
    this.repository = repository;
    this.isolation = isolation;
    this.parts = parts;
    this.remotes = CloneConfig.remotes(parts);
    this.place = place;
  }

  /**
   * Opens the clone that a directory is in.
   *
   * @param directory the work tree, a directory in it, or a bare repository
   * @throws SourceException if there is none, or one whose form is not read
   */
  public static GitClone open(Path directory, JGitIsolation isolation) {
    requireNonNull(isolation, "isolation");
    Path from = directory.toAbsolutePath().normalize();
    ClonePlace parts = ClonePlace.around(from);
    try {
      return new GitClone(isolation.run(() -> CloneRepository.open(parts)), isolation, parts, from);
    } catch (IOException e) {
      throw failed(from, "opening", e);
    }
  }

  /** Returns the directory into which files are checked out; nothing if it is bare. */
  public Optional<Path> workTree() {
    return parts.workTree();
  }

  /** Returns the directory of the repository itself. */
  public Path directory() {
    return parts.commonDirectory();
  }

  /** Returns the URLs of the remotes as they are configured; they may hold credentials. */
  public List<String> remotes() {
    return remotes;
  }

  /**
   * Returns the commit of a name, as {@code git rev-parse} knows it: a branch, a tag, {@code
   * origin/main}, a commit id, {@code HEAD^1}.
   *
   * @throws SourceException if there is no such commit here
   */
  public Revision resolve(String name) {
    if (name.contains("@{")) {
      // What a ref was before is not of the clone, but of who works in it.
      throw missing(name, null);
    }
    try {
      ObjectId commit = isolation.run(() -> repository.resolve(name + "^{commit}"));
      if (commit != null) {
        return new Revision("", commit.name());
      }
    } catch (RevisionSyntaxException | MissingObjectException e) {
      throw missing(name, e);
    } catch (IOException e) {
      throw failed(place, "resolving " + name, e);
    }
    throw missing(name, null);
  }

  private SourceException missing(String name, @Nullable Exception cause) {
    String message = place + ": resolving failed: there is no commit " + name + " here" + hint();
    return cause == null
        ? new SourceException(FailureCategory.NOT_FOUND, message)
        : new SourceException(FailureCategory.NOT_FOUND, message, cause);
  }

  /** A pipeline often has the newest commit only. */
  private String hint() {
    boolean isShallow = Files.exists(parts.commonDirectory().resolve("shallow"));
    return isShallow
        ? "; the clone is shallow: check out with all history (fetch-depth: 0, GIT_DEPTH: 0)"
        : "";
  }

  /**
   * Returns the newest commit that both revisions have in their history.
   *
   * @throws SourceException if there is none here
   */
  public Revision mergeBase(Revision one, Revision other) {
    try {
      return isolation.run(
          () -> {
            try (RevWalk walk = new RevWalk(repository)) {
              walk.setRevFilter(RevFilter.MERGE_BASE);
              walk.markStart(walk.parseCommit(ObjectId.fromString(one.id())));
              walk.markStart(walk.parseCommit(ObjectId.fromString(other.id())));
              RevCommit base = walk.next();
              if (base == null) {
                throw new SourceException(
                    FailureCategory.NOT_FOUND,
                    place + ": " + one + " and " + other + " have no common history here" + hint());
              }
              return new Revision("", base.name());
            }
          });
    } catch (IOException e) {
      throw failed(place, "looking for the merge base", e);
    }
  }

  /**
   * Returns a directory of the clone as a source.
   *
   * @param tracked what it tracks, as {@link #resolve} takes it
   * @param path the directory; empty text is all
   * @param includes globs as {@link GitSource.Builder#include} takes them; none is everything
   * @param excludes globs
   */
  public TreeSource source(
      String tracked, String path, List<String> includes, List<String> excludes) {
    return directory(tracked, path, new PathGlobs(includes, excludes), false);
  }

  /**
   * Returns a directory of the clone as a source of previews. A revision in which there is no such
   * directory gives the empty tree: what a change adds may be the first that is there. It is no
   * source for a plan that is applied, as a wrong path would look like the wish to have nothing.
   *
   * @param tracked what it tracks, as {@link #resolve} takes it
   * @param path the directory; empty text is all
   * @param includes globs as {@link GitSource.Builder#include} takes them; none is everything
   * @param excludes globs
   */
  public TreeSource sourceOfChange(
      String tracked, String path, List<String> includes, List<String> excludes) {
    return directory(tracked, path, new PathGlobs(includes, excludes), true);
  }

  private Directory directory(String tracked, String path, PathGlobs globs, boolean mayBeMissing) {
    requireNonNull(tracked, "tracked");
    return new Directory(this, tracked, GitSource.Builder.plain(path), globs, mayBeMissing);
  }

  /** Says whether a source is a directory of this clone. */
  public boolean has(TreeSource source) {
    return source instanceof Directory directory && directory.of == this;
  }

  @Override
  public void close() {
    repository.close();
  }

  private SourceException unreadable(Revision revision, IOException e) {
    if (!(e instanceof MissingObjectException)) {
      return failed(place, "reading " + revision, e);
    }
    boolean borrows = Files.exists(parts.commonDirectory().resolve("objects/info/alternates"));
    return new SourceException(
        FailureCategory.NOT_FOUND,
        place
            + ": reading "
            + revision
            + " failed: an object of it is not there; "
            + (borrows
                ? "the clone borrows those of another one, which is not followed: run git repack"
                    + " -a -d in it"
                : "check out without a filter, and with all history (fetch-depth: 0, GIT_DEPTH:"
                    + " 0)"),
        e);
  }

  private static SourceException failed(Path place, String what, IOException e) {
    return new SourceException(
        FailureCategory.UNAVAILABLE, place + ": " + what + " failed: " + e.getMessage(), e);
  }

  private SourceTree tree(RevCommit commit, Directory scope, Revision revision) throws IOException {
    try (ObjectReader reader = repository.newObjectReader()) {
      ObjectId tree = TreeListings.subtree(commit.getTree(), scope.path, reader);
      if (tree != null) {
        return new GitSourceTree(new Objects(this), revision, tree, scope.globs);
      }
    }
    if (scope.mayBeMissing) {
      return EmptyTree.INSTANCE;
    }
    throw new SourceException(
        FailureCategory.NOT_FOUND,
        place + ": reading failed: " + revision + " has no directory " + scope.path);
  }

  private FetchedTree fetch(Directory scope, Revision revision) {
    if (!ObjectId.isId(revision.id())) {
      throw new SourceException(
          FailureCategory.INVALID_INPUT, revision + ": fetching failed: not a commit id");
    }
    try {
      return isolation.run(
          () -> {
            try (RevWalk walk = new RevWalk(repository)) {
              RevCommit commit = walk.parseCommit(ObjectId.fromString(revision.id()));
              return new FetchedTree(
                  tree(commit, scope, revision),
                  revision,
                  GitSource.provenance(commit, Optional.empty()));
            }
          });
    } catch (IOException e) {
      throw unreadable(revision, e);
    }
  }

  /**
   * A directory of a clone.
   *
   * @param of the clone
   * @param tracked what is tracked
   * @param path the directory
   * @param globs which of its files
   * @param mayBeMissing whether a directory that is not there is an empty one
   */
  private record Directory(
      GitClone of, String tracked, String path, PathGlobs globs, boolean mayBeMissing)
      implements TreeSource {
    @Override
    public String id() {
      return path.isEmpty() ? of.place.toString() : of.place + "//" + path;
    }

    @Override
    public Revision latest(CallContext call) {
      call.checkActive("resolve");
      return of.resolve(tracked);
    }

    @Override
    public FetchedTree fetch(Revision revision, CallContext call) {
      call.checkActive("fetch");
      return of.fetch(this, revision);
    }

    @Override
    public RevisionOrder order() {
      return (candidate, base, call) ->
          candidate.sameContentAs(base)
              ? RevisionOrder.Relation.SAME
              : RevisionOrder.Relation.UNKNOWN;
    }
  }

  /**
   * The objects of a clone; what is not there is nowhere.
   *
   * @param of the clone
   */
  private record Objects(GitClone of) implements GitObjects {
    @Override
    public <T> T read(Revision revision, CallContext call, OpenRepository.Read<T> read) {
      call.checkActive("read");
      return read(revision, read);
    }

    @Override
    public <T> T read(Revision revision, OpenRepository.Read<T> read) {
      try {
        return of.isolation.run(
            () -> {
              try (ObjectReader reader = of.repository.newObjectReader()) {
                return read.with(reader);
              }
            });
      } catch (IOException e) {
        throw of.unreadable(revision, e);
      }
    }

    @Override
    public InputStream open(Revision revision, ObjectId blob) {
      try {
        return of.isolation.run(() -> BlobStream.open(of.repository, blob, () -> {}));
      } catch (IOException e) {
        throw of.unreadable(revision, e);
      }
    }

    @Override
    public boolean contains(AnyObjectId id, Revision revision, CallContext call) {
      return read(revision, call, reader -> reader.has(id));
    }
  }
}
