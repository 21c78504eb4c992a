package io.github.gitops4j.git;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * A repository of the cache between opening and closing, and readers that are kept for the next
 * read.
 *
 * <p>Thread-safe.
 */
final class OpenRepository implements AutoCloseable {
  private static final int READERS_KEPT = 8;

  private static final int ATTEMPTS = 5;

  private final CacheRepository repository;
  private final String generation;
  private final RepositoryUse use;
  private final Queue<ObjectReader> readers = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  private OpenRepository(CacheRepository repository, String generation, RepositoryUse use) {
    this.repository = repository;
    this.generation = generation;
    this.use = use;
  }

  /** A read of a repository. */
  interface Read<T> {
    T with(ObjectReader reader) throws IOException;
  }

  static OpenRepository open(Path directory) throws IOException {
    RepositoryUse use = RepositoryUse.begin(directory);
    boolean opened = false;
    try {
      OpenRepository open = open(directory, use);
      opened = true;
      return open;
    } finally {
      if (!opened) {
        use.close();
      }
    }
  }

  /** Somebody may throw the directory away while it is made and opened. */
  private static OpenRepository open(Path directory, RepositoryUse use) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        CacheRepository repository = CacheRepository.open(directory);
        String generation = BareLayout.generation(directory);
        if (BareLayout.isThere(directory)) {
          return new OpenRepository(repository, generation, use);
        }
        repository.close();
        throw new NoSuchFileException(directory.toString());
      } catch (NoSuchFileException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  CacheRepository repository() {
    return repository;
  }

  /** Returns by what this repository is told from one that was made anew in its place. */
  String generation() {
    return generation;
  }

  <T> T read(Read<T> read) throws IOException {
    ObjectReader polled = readers.poll();
    ObjectReader reader = polled == null ? repository.newObjectReader() : polled;
    boolean whole = false;
    try {
      T result = read.with(reader);
      whole = true;
      return result;
    } finally {
      if (whole && !closed && readers.size() < READERS_KEPT) {
        readers.add(reader);
      } else {
        reader.close();
      }
    }
  }

  /** Makes later reads see what was fetched. */
  void refresh() {
    readers.clear();
  }

  /** Keeps when it was used last, for who removes what is unused. */
  void touch(Instant now) throws IOException {
    use.touch(now);
  }

  @Override
  public void close() throws IOException {
    closed = true;
    for (ObjectReader reader = readers.poll(); reader != null; reader = readers.poll()) {
      reader.close();
    }
    repository.close();
    use.close();
  }
}
