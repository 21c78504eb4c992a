package io.github.gitops4j.filesystem;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.resource.KeyedSnapshot;
import io.github.gitops4j.source.FetchedTree;
import io.github.gitops4j.source.Provenance;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.RevisionOrder;
import io.github.gitops4j.source.TreeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A directory as a source. Its revision is a digest of all paths, modes and contents, so it has no
 * history: only what is there now can be fetched.
 *
 * <p>A directory without any file is refused: one that is not mounted looks the same, and nobody
 * wants everything pruned for that.
 *
 * <p>{@code .git} and {@code .gitops} below the root are left out. A file that changes while it is
 * read makes the pass fail, and the next one reads again.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class DirectorySource implements TreeSource {
  private static final int TREES_KEPT = 4;

  private final Path root;
  private final InstantSource clock;
  private final FileReads reads;
  private final Object lock = new Object();
  private final Map<String, DirectoryTree> trees = new LinkedHashMap<>();
  private KeyedSnapshot<LiveFile> known = KeyedSnapshot.empty();

  DirectorySource(Path root, InstantSource clock, FileReads reads) {
    this.reads = reads;
    this.root = requireNonNull(root, "root").toAbsolutePath().normalize();
    this.clock = requireNonNull(clock, "clock");
  }

  /** Creates a source for a directory. */
  public static DirectorySource at(Path root) {
    return new DirectorySource(root, InstantSource.system(), FileReads.DIRECT);
  }

  @Override
  public String id() {
    return root.toString();
  }

  @Override
  public String path() {
    return root.toString();
  }

  @Override
  public Revision latest(CallContext call) {
    synchronized (lock) {
      return new Revision("", read(call).id());
    }
  }

  @Override
  public FetchedTree fetch(Revision revision, CallContext call) {
    call.checkActive("fetch");
    synchronized (lock) {
      DirectoryTree tree = read(call);
      if (!tree.id().equals(revision.id())) {
        throw new SourceException(
            FailureCategory.NOT_FOUND,
            root + ": fetching failed: it no longer has the content of " + revision.id());
      }
      return new FetchedTree(tree, revision, Provenance.unknown());
    }
  }

  @Override
  public RevisionOrder order() {
    return RevisionOrder.none();
  }

  private DirectoryTree read(CallContext call) {
    if (!Files.isDirectory(root)) {
      throw new SourceException(
          FailureCategory.NOT_FOUND, root + ": reading failed: it is no directory");
    }
    Path real = realRoot();
    Instant now = clock.instant();
    long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    KeyedSnapshot<LiveFile> before = known;
    TreeScan scan =
        new TreeScan(
            real,
            ScanNames.all(".git", PathRules.STATE_DIRECTORY),
            key -> true,
            key -> before.get(key).orElse(null),
            nanos,
            reads,
            Crew.ALONE);
    scan.walk(call);
    for (Failure failure : scan.unreadable().values()) {
      throw new SourceException(failure);
    }
    scan.files().forEach(this::refuseSpecial);
    if (scan.files().isEmpty()) {
      throw new SourceException(
          FailureCategory.NOT_FOUND,
          root + ": reading failed: it has no file, as if it were not mounted");
    }
    known = KeyedSnapshot.of(scan.files());
    DirectoryTree tree = DirectoryTree.of(real, scan.files(), Map.copyOf(trees));
    trees.remove(tree.id());
    trees.put(tree.id(), tree);
    while (trees.size() > TREES_KEPT) {
      trees.remove(trees.keySet().iterator().next());
    }
    return tree;
  }

  /** Whoever opened a pipe would wait for its writer. */
  private void refuseSpecial(LiveFile file) {
    FileStat stat = file.stat();
    if (!stat.isRegular() && !stat.isLink() && !stat.isDirectory()) {
      throw new SourceException(
          FailureCategory.INVALID_INPUT,
          root.resolve(file.key().name())
              + ": reading failed: expected a file or a link, and it is a pipe, a socket or a"
              + " device");
    }
  }

  private Path realRoot() {
    try {
      return root.toRealPath();
    } catch (IOException e) {
      throw new SourceException(
          FailureCategory.UNAVAILABLE, root + ": reading failed: " + Failure.reasonOf(e), e);
    }
  }
}
