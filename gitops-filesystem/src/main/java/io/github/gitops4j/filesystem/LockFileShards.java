package io.github.gitops4j.filesystem;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.Cancellation;
import io.github.gitops4j.call.Scheduler;
import io.github.gitops4j.control.Shards;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of several processes on one machine takes care of everything: the one that has the lock of a
 * file. When it ends, however it ends, the system gives the lock to another.
 *
 * <p>A process that is stopped keeps the lock. The file system has to be a local one.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class LockFileShards implements Shards {
  private static final Logger LOG = LoggerFactory.getLogger(LockFileShards.class);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final Path file;
  private final Executor executor;
  private final Scheduler scheduler;
  private volatile @Nullable FileLock lock;

  private LockFileShards(Path file, Executor executor, Scheduler scheduler) {
    this.file = requireNonNull(file, "file");
    this.executor = requireNonNull(executor, "executor");
    this.scheduler = requireNonNull(scheduler, "scheduler");
  }

  /**
   * Returns what the lock of a file gives.
   *
   * @param file the file, which is made if it is not there, in a directory that is
   * @param executor runs what tries to get the lock, once in a second
   * @param scheduler wakes it
   */
  public static LockFileShards at(Path file, Executor executor, Scheduler scheduler) {
    return new LockFileShards(file, executor, scheduler);
  }

  @Override
  public boolean isMine(String group) {
    FileLock now = lock;
    return now != null && now.isValid();
  }

  @Override
  public Taking begin(Runnable moved) {
    Tries tries = new Tries(requireNonNull(moved, "moved"));
    tries.again(Duration.ZERO);
    return tries;
  }

  /** Tries to get the lock until it has it. */
  private final class Tries implements Taking {
    private final Runnable moved;
    private boolean closed;
    private Cancellation.@Nullable Registration alarm;

    Tries(Runnable moved) {
      this.moved = moved;
    }

    private synchronized void again(Duration delay) {
      if (!closed) {
        alarm = scheduler.after(delay, this::submit);
      }
    }

    private void submit() {
      try {
        executor.execute(this::attempt);
      } catch (RejectedExecutionException e) {
        LOG.warn("{}: the executor tries nothing", file, e);
        again(AGAIN);
      }
    }

    private void attempt() {
      if (take()) {
        LOG.info("{}: has the lock, and takes care of everything", file);
        moved.run();
      } else {
        again(AGAIN);
      }
    }

    private synchronized boolean take() {
      if (closed) {
        return false;
      }
      try {
        FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock taken = tried(channel);
        if (taken == null) {
          channel.close();
        }
        lock = taken;
        return taken != null;
      } catch (IOException e) {
        LOG.warn("{}: taking the lock failed", file, e);
        return false;
      }
    }

    private @Nullable FileLock tried(FileChannel channel) throws IOException {
      try {
        return channel.tryLock();
      } catch (OverlappingFileLockException e) {
        // Another one in this JVM has it.
        return null;
      }
    }

    @Override
    public synchronized void close() {
      closed = true;
      if (alarm != null) {
        alarm.close();
      }
      FileLock held = lock;
      lock = null;
      if (held != null) {
        try {
          held.acquiredBy().close();
        } catch (IOException e) {
          LOG.warn("{}: giving the lock up failed", file, e);
        }
      }
    }
  }
}
