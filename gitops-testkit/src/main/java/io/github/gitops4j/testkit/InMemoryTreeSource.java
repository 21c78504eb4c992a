package io.github.gitops4j.testkit;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.FileMode;
import io.github.gitops4j.source.FetchedTree;
import io.github.gitops4j.source.Provenance;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.RevisionOrder;
import io.github.gitops4j.source.RevisionOrder.Relation;
import io.github.gitops4j.source.TreeEntry;
import io.github.gitops4j.source.TreeSource;
import io.github.gitops4j.source.Trust;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A source of files with a history, in memory: commits, one tracked branch, rewinds.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class InMemoryTreeSource implements TreeSource {
  private static final String REF = "refs/heads/main";

  private final Object lock = new Object();
  private final Map<String, byte[]> contents = new ConcurrentHashMap<>();
  private final Map<String, InMemoryTree> trees = new ConcurrentHashMap<>();
  private final Map<String, Commit> commits = new HashMap<>();
  private @Nullable Commit head;

  private InMemoryTreeSource() {}

  private record Commit(String id, @Nullable Commit parent, InMemoryTree tree, String message) {}

  /** Creates a source without any commit: asking for its latest revision fails. */
  public static InMemoryTreeSource empty() {
    return new InMemoryTreeSource();
  }

  /** Creates a source with one commit of one file. */
  public static InMemoryTreeSource with(String path, String content) {
    InMemoryTreeSource source = empty();
    source.commit("first", files -> files.put(path, content));
    return source;
  }

  /**
   * Adds a commit to the branch.
   *
   * @param edit changes the files of the commit before
   */
  public Revision commit(String message, Consumer<Files> edit) {
    synchronized (lock) {
      Files files = new Files(head == null ? new TreeMap<>() : head.tree().entries());
      edit.accept(files);
      InMemoryTree tree = new InMemoryTree(files.entries, contents, trees);
      trees.put(tree.id(), tree);
      String parent = head == null ? "" : head.id();
      String id =
          ContentDigest.of(parent + "\n" + commits.size() + "\n" + tree.id() + "\n" + message)
              .hex()
              .substring(0, 40);
      head = new Commit(id, head, tree, message);
      commits.put(id, head);
      return new Revision(REF, id);
    }
  }

  /** Moves the branch to a commit made before, as a forced push does. */
  public void rewind(Revision revision) {
    synchronized (lock) {
      head = commit(revision);
    }
  }

  @Override
  public String id() {
    return "memory";
  }

  @Override
  public Revision latest(CallContext call) {
    call.checkActive("resolve");
    synchronized (lock) {
      if (head == null) {
        throw new SourceException(
            FailureCategory.NOT_FOUND, REF + ": resolving failed: there is no commit");
      }
      return new Revision(REF, head.id());
    }
  }

  @Override
  public FetchedTree fetch(Revision revision, CallContext call) {
    call.checkActive("fetch");
    synchronized (lock) {
      Commit commit = commit(revision);
      Provenance provenance =
          new Provenance(
              "Test <test@example.com>",
              "",
              Optional.of(Instant.EPOCH),
              commit.message(),
              Optional.empty(),
              Trust.NOT_CHECKED);
      return new FetchedTree(commit.tree(), revision, provenance);
    }
  }

  @Override
  public RevisionOrder order() {
    return (candidate, base, call) -> relation(candidate, base);
  }

  private Relation relation(Revision candidate, Revision base) {
    synchronized (lock) {
      Commit newer = commits.get(candidate.id());
      Commit older = commits.get(base.id());
      if (newer == null || older == null) {
        return Relation.UNKNOWN;
      } else if (newer.id().equals(older.id())) {
        return Relation.SAME;
      } else if (descends(newer, older)) {
        return Relation.AHEAD;
      }
      return descends(older, newer) ? Relation.BEHIND : Relation.DIVERGED;
    }
  }

  private static boolean descends(Commit from, Commit ancestor) {
    for (Commit at = from; at != null; at = at.parent()) {
      if (at.id().equals(ancestor.id())) {
        return true;
      }
    }
    return false;
  }

  private Commit commit(Revision revision) {
    Commit commit = commits.get(revision.id());
    if (commit == null) {
      throw new SourceException(
          FailureCategory.NOT_FOUND, revision + ": fetching failed: there is no such commit");
    }
    return commit;
  }

  /**
   * The files of a commit in the making.
   *
   * <p>Confined to one call of {@link InMemoryTreeSource#commit}.
   */
  public final class Files {
    private final SortedMap<String, TreeEntry> entries;

    private Files(SortedMap<String, TreeEntry> before) {
      this.entries = new TreeMap<>(before);
    }

    /** Adds or replaces a regular file. */
    public Files put(String path, String content) {
      return put(path, FileMode.REGULAR, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds or replaces a file. */
    public Files put(String path, FileMode mode, byte[] content) {
      String id = ContentDigest.of(content).hex();
      contents.put(id, content.clone());
      entries.put(path, new TreeEntry(path, mode, id));
      return this;
    }

    /** Removes a file. */
    public Files remove(String path) {
      entries.remove(path);
      return this;
    }

    /** Removes all files. */
    public Files clear() {
      entries.clear();
      return this;
    }
  }
}
