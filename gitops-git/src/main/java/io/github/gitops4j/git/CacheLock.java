package io.github.gitops4j.git;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.Pause;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps transfers into one repository apart, within this process and between processes. */
final class CacheLock {
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();
  private static final Duration WAIT = Duration.ofMillis(20);

  private final Path file;
  private final Pause pause = Pause.blocking();

  CacheLock(Path file) {
    this.file = file.toAbsolutePath().normalize();
  }

  /** The lock while it is held. */
  interface Held extends AutoCloseable {
    @Override
    void close();
  }

  Held acquire(CallContext call) {
    while (true) {
      call.checkActive("wait for the git cache");
      if (HELD_HERE.add(file)) {
        Held held = null;
        try {
          held = lockFile();
        } catch (IOException e) {
          throw new SourceException(
              FailureCategory.UNAVAILABLE, "git cache: locking failed: " + Failure.reasonOf(e), e);
        } finally {
          if (held == null) {
            HELD_HERE.remove(file);
          }
        }
        if (held != null) {
          return held;
        }
      }
      pause.pause(WAIT, call);
    }
  }

  private @Nullable Held lockFile() throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return () -> release(channel);
      }
    } catch (OverlappingFileLockException e) {
      // Another class loader of this process holds it.
    }
    channel.close();
    return null;
  }

  private void release(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new SourceException(FailureCategory.INTERNAL, "git cache: unlocking failed", e);
    } finally {
      HELD_HERE.remove(file);
    }
  }
}
