package io.github.gitops4j.git;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Says that a repository of the cache is in use, to this and to other processes, and when it was
 * used last. A system takes back what a process that died has said.
 *
 * <p>It is a shared lock on a file beside the repository. Locks belong to the whole process, and
 * closing any descriptor of a file gives up all of them. So one channel serves all users here, and
 * the time of the last use is that of another file: to set one, the JDK opens the file.
 *
 * <p>Thread-safe.
 */
final class RepositoryUse implements AutoCloseable {
  private static final Map<Path, Shared> USED_HERE = new HashMap<>();

  private final Path file;
  private final Path timed;
  private boolean closed;

  private RepositoryUse(Path file, Path timed) {
    this.file = file;
    this.timed = timed;
  }

  private static final class Shared {
    private final FileChannel channel;
    private int users = 1;

    Shared(FileChannel channel) {
      this.channel = channel;
    }
  }

  private static Path file(Path repository) {
    return repository.resolveSibling(repository.getFileName() + ".use");
  }

  private static Path timeFile(Path repository) {
    return repository.resolveSibling(repository.getFileName() + ".used");
  }

  /** Begins to use a repository; waits while it is being removed. */
  static RepositoryUse begin(Path repository) throws IOException {
    Path file = file(repository);
    synchronized (USED_HERE) {
      Shared shared = USED_HERE.get(file);
      if (shared == null) {
        FileChannel channel = open(file);
        channel.lock(0, Long.MAX_VALUE, true);
        USED_HERE.put(file, new Shared(channel));
      } else {
        shared.users++;
      }
    }
    return new RepositoryUse(file, timeFile(repository));
  }

  /** Keeps the time of the last use. */
  void touch(Instant now) throws IOException {
    try {
      Files.createFile(timed);
    } catch (FileAlreadyExistsException e) {
      // It is there for a later time than the first.
    }
    Files.setLastModifiedTime(timed, FileTime.from(now));
  }

  /** Returns when a repository was used last. */
  static Instant lastUsed(Path repository) throws IOException {
    Path timed = timeFile(repository);
    return Files.exists(timed) ? Files.getLastModifiedTime(timed).toInstant() : Instant.EPOCH;
  }

  /** Does something quick to a repository unless somebody uses it; says whether it was done. */
  static boolean ifUnused(Path repository, Removal removal) throws IOException {
    Path file = file(repository);
    synchronized (USED_HERE) {
      if (USED_HERE.containsKey(file)) {
        return false;
      }
      try (FileChannel channel = open(file)) {
        if (channel.tryLock() == null) {
          return false;
        }
        removal.run();
        return true;
      }
    }
  }

  /** What is done to a repository that nobody uses. */
  interface Removal {
    void run() throws IOException;
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  @Override
  public void close() throws IOException {
    synchronized (USED_HERE) {
      Shared shared = USED_HERE.get(file);
      if (closed || shared == null) {
        return;
      }
      closed = true;
      shared.users--;
      if (shared.users == 0) {
        USED_HERE.remove(file);
        shared.channel.close();
      }
    }
  }
}
