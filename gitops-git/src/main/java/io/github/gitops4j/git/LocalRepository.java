package io.github.gitops4j.git;

import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a repository of the cache: opened when it is needed, doubted when it cannot be
 * read, and then mended or thrown away.
 *
 * <p>Thread-safe; who mends it or throws it away holds its lock.
 */
final class LocalRepository implements AutoCloseable {
  private static final int ATTEMPTS = 3;

  private final Path directory;
  private final JGitIsolation isolation;
  private final InstantSource clock;
  private final BooleanSupplier closed;
  private final Object opening = new Object();
  private @Nullable OpenRepository opened;
  private volatile boolean suspect;
  private volatile Instant lastUse;

  /**
   * Prepares it; nothing is opened yet.
   *
   * @param closed whether it is never opened again
   */
  LocalRepository(
      Path directory, JGitIsolation isolation, InstantSource clock, BooleanSupplier closed) {
    this.directory = directory;
    this.isolation = isolation;
    this.clock = clock;
    this.closed = closed;
    this.lastUse = clock.instant();
  }

  /**
   * Returns it open.
   *
   * @throws SourceException also if the cache is closed
   */
  OpenRepository open() {
    lastUse = clock.instant();
    synchronized (opening) {
      if (closed.getAsBoolean()) {
        throw new SourceException(
            FailureCategory.INTERNAL, "git cache: opening failed: the cache is closed");
      }
      if (opened == null) {
        try {
          opened = isolation.run(() -> OpenRepository.open(directory));
          opened.touch(lastUse);
        } catch (IOException e) {
          throw failed("opening", e);
        }
      }
      return opened;
    }
  }

  /** Notes in it when it was used last. */
  void touch(OpenRepository at) throws IOException {
    at.touch(lastUse);
  }

  /** Says whether something could not be read since it was looked at. */
  boolean isSuspect() {
    return suspect;
  }

  /** Says that something could not be read; it is looked at before the next read or transfer. */
  void doubt(OpenRepository at) {
    synchronized (opening) {
      if (opened == at) {
        suspect = true;
      }
    }
  }

  /** Says whether it is doubted, or is another one than the one that is open. */
  boolean isDisturbed() {
    try {
      return suspect || isReplaced(open());
    } catch (IOException unreadable) {
      return true;
    }
  }

  private boolean isReplaced(OpenRepository at) throws IOException {
    return !BareLayout.isThere(directory)
        || !at.generation().equals(BareLayout.generation(directory));
  }

  /**
   * JGit also reads what is here, and that may be damaged, or deleted by somebody meanwhile. If it
   * is sound, the remote is not, and what is here may be all there is.
   */
  boolean isOfTheCache(SourceException e, OpenRepository at) {
    try {
      return isReplaced(at) || (GitFailures.isOfObjects(e) && !isSound(at));
    } catch (IOException unreadable) {
      return true;
    }
  }

  private boolean isSound(OpenRepository at) {
    try {
      return PackFiles.areIntact(directory)
          && isolation.run(() -> at.read(reader -> CacheRefs.areWhole(at.repository(), reader)));
    } catch (IOException e) {
      return false;
    }
  }

  /** Puts right what others left, or what was found damaged. The lock is held. */
  void mend() {
    boolean doubted = false;
    for (int attempt = 1; ; attempt++) {
      doubted |= suspect;
      try {
        mendWhatIsThere(doubted);
        return;
      } catch (NoSuchFileException e) {
        // Somebody throws it away meanwhile; then there is less to mend.
        if (attempt == ATTEMPTS) {
          throw failed("mending", e);
        }
      } catch (IOException e) {
        throw failed("mending", e);
      }
    }
  }

  private void mendWhatIsThere(boolean doubted) throws IOException {
    Leftovers.sweep(directory);
    boolean replaced = isReplaced(open());
    boolean doubtful = doubted && !replaced;
    if (doubtful || replaced) {
      reopen();
    }
    if (doubtful) {
      Leftovers.deleteLoose(directory);
    }
    if (isDangling() || (doubtful && !isSound(open()))) {
      discard();
    }
  }

  private boolean isDangling() {
    OpenRepository at = open();
    try {
      return isolation.run(() -> at.read(reader -> CacheRefs.areDangling(at.repository(), reader)));
    } catch (IOException e) {
      return true;
    }
  }

  /** Throws it away; it is made anew when it is needed. */
  void discard() {
    reopen();
    try {
      Leftovers.discard(directory);
    } catch (IOException e) {
      throw failed("throwing it away", e);
    }
  }

  private void reopen() {
    synchronized (opening) {
      close();
      suspect = false;
    }
  }

  static SourceException failed(String what, IOException e) {
    return new SourceException(
        FailureCategory.UNAVAILABLE, "git cache: " + what + " failed: " + e.getMessage(), e);
  }

  /** Closes it if it was not used since a time; it opens again when it is. */
  void closeIfUnusedSince(Instant time) {
    synchronized (opening) {
      if (lastUse.isBefore(time)) {
        close();
      }
    }
  }

  @Override
  public void close() {
    synchronized (opening) {
      if (opened == null) {
        return;
      }
      try {
        opened.touch(lastUse);
        opened.close();
      } catch (IOException e) {
        throw failed("closing", e);
      } finally {
        opened = null;
      }
    }
  }
}
