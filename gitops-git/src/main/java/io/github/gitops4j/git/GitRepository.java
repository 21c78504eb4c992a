package io.github.gitops4j.git;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.source.Revision;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.RefSpec;
import org.jspecify.annotations.Nullable;

/**
 * One bare repository of the cache. It can be thrown away at any time, and is when it turns out to
 * be damaged.
 *
 * <p>Thread-safe: reads run in parallel, transfers one after the other, also between processes.
 */
final class GitRepository implements AutoCloseable {
  private static final int READERS_KEPT = 8;
  private static final String PRIVATE = "refs/gitops4j/";

  private final Path directory;
  private final GitTransfer transfer;
  private final JGitIsolation isolation;
  private final CacheLock lock;
  private final Object opening = new Object();
  private final Queue<ObjectReader> readers = new ConcurrentLinkedQueue<>();
  private @Nullable Repository repository;
  private volatile boolean suspect;

  GitRepository(Path directory, GitTransfer transfer, JGitIsolation isolation) {
    this.directory = directory;
    this.transfer = transfer;
    this.isolation = isolation;
    this.lock = new CacheLock(directory.resolveSibling(directory.getFileName() + ".lock"));
  }

  /** A read of the repository. */
  interface Read<T> {
    T with(ObjectReader reader) throws IOException;
  }

  /** Returns the refs of the remote under the given names. */
  List<Ref> list(List<String> names, CallContext call) {
    return transfer.list(repository(), names, call);
  }

  /** Makes sure that a commit is here, with all its history. */
  void require(Revision revision, CallContext call) {
    if (!suspect && has(revision.id())) {
      return;
    }
    try (CacheLock.Held held = lock.acquire(call)) {
      if (suspect || isDamaged()) {
        discard();
      }
      if (has(revision.id())) {
        return;
      }
      fetch(revision, call);
      if (!has(revision.id())) {
        throw new SourceException(
            FailureCategory.NOT_FOUND,
            revision + ": fetching failed: the remote repository does not have it there");
      }
    }
  }

  /** Returns the object under the ref of a revision: the tag itself, if it is an annotated one. */
  ObjectId tag(Revision revision, CallContext call) {
    Optional<ObjectId> here = leadingTo(revision);
    if (here.isEmpty()) {
      try (CacheLock.Held held = lock.acquire(call)) {
        fetch(revision, call);
      }
      here = leadingTo(revision);
    }
    return here.orElseThrow(
        () ->
            new SourceException(
                FailureCategory.NOT_FOUND,
                revision + ": fetching failed: the tag now leads to another commit"));
  }

  private Optional<ObjectId> leadingTo(Revision revision) {
    return read(
        reader -> {
          Ref ref = repository().exactRef(PRIVATE + revision.ref());
          if (ref == null || ref.getObjectId() == null) {
            return Optional.empty();
          }
          try (RevWalk walk = new RevWalk(reader)) {
            ObjectId end = walk.peel(walk.parseAny(ref.getObjectId()));
            return end.name().equals(revision.id())
                ? Optional.of(ref.getObjectId())
                : Optional.empty();
          }
        });
  }

  private void fetch(Revision revision, CallContext call) {
    String from = revision.ref().isEmpty() ? revision.id() : revision.ref();
    String to = PRIVATE + (revision.ref().isEmpty() ? "commit/" : "") + from;
    transfer.fetch(repository(), List.of(new RefSpec("+" + from + ":" + to)), call);
    readers.clear();
  }

  /** A ref of ours whose commit is not there: JGit left out a pack that it could not read. */
  private boolean isDamaged() {
    return read(
        reader -> {
          for (Ref ref : repository().getRefDatabase().getRefsByPrefix(PRIVATE)) {
            ObjectId tip = ref.getObjectId();
            if (tip != null && !reader.has(tip, ObjectReader.OBJ_ANY)) {
              return true;
            }
          }
          return false;
        });
  }

  private boolean has(String id) {
    return read(reader -> reader.has(ObjectId.fromString(id), Constants.OBJ_COMMIT));
  }

  /** Reads; a repository that cannot be read is thrown away before the next transfer. */
  <T> T read(Read<T> read) {
    return isolated(
        () -> {
          ObjectReader reader = readers.poll();
          if (reader == null) {
            reader = repository().newObjectReader();
          }
          try {
            T result = read.with(reader);
            giveBack(reader);
            return result;
          } catch (IOException e) {
            reader.close();
            suspect = true;
            throw new SourceException(
                FailureCategory.UNAVAILABLE,
                "git cache: reading failed, it will be fetched again: " + e.getMessage(),
                e);
          }
        });
  }

  private void giveBack(ObjectReader reader) {
    if (readers.size() < READERS_KEPT) {
      readers.add(reader);
    } else {
      reader.close();
    }
  }

  /** Says that an object could not be read, so that the cache is made anew. */
  void suspect() {
    suspect = true;
  }

  boolean contains(AnyObjectId id) {
    return read(reader -> reader.has(id));
  }

  Repository repository() {
    synchronized (opening) {
      if (repository == null) {
        repository = isolated(this::open);
      }
      return repository;
    }
  }

  private Repository open() {
    try {
      return CacheRepository.open(directory);
    } catch (IOException e) {
      throw new SourceException(
          FailureCategory.UNAVAILABLE, "git cache: opening failed: " + e.getMessage(), e);
    }
  }

  private void discard() {
    close();
    try {
      if (Files.exists(directory)) {
        deleteTree(directory);
      }
    } catch (IOException e) {
      throw new SourceException(
          FailureCategory.UNAVAILABLE, "git cache: throwing it away failed", e);
    }
    suspect = false;
  }

  private static void deleteTree(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  <T> T isolated(Supplier<T> work) {
    return isolation.run(work);
  }

  @Override
  public void close() {
    synchronized (opening) {
      for (ObjectReader reader = readers.poll(); reader != null; reader = readers.poll()) {
        reader.close();
      }
      if (repository != null) {
        repository.close();
        repository = null;
      }
    }
  }
}
