package io.github.gitops4j.filesystem;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.apply.TargetLock;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.Pause;
import io.github.gitops4j.error.ApplyException;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The lock of a target, between processes and within one. The operating system gives it back when
 * its holder dies, so its file is never removed.
 *
 * <p>Thread-safe.
 */
final class FileTargetLock implements TargetLock {
  // A process loses its lock as soon as it closes any channel on the file, so two targets of one
  // process must not even try to open it both.
  private static final Set<Object> HELD_HERE = ConcurrentHashMap.newKeySet();
  private static final Duration WAIT = Duration.ofMillis(50);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final int HOLDER_BYTES = 256;

  private final StateDirectory state;
  private final Pause pause;
  private final AtomicBoolean held = new AtomicBoolean();

  FileTargetLock(StateDirectory state, Pause pause) {
    this.state = state;
    this.pause = pause;
  }

  @Override
  public Held acquire(CallContext call) {
    state.check(call);
    state.initialise();
    Object root = rootKey();
    CallContext bounded = call.limitedTo(LONGEST_WAIT);
    while (true) {
      call.checkActive("lock");
      Held held = tryAcquire(root);
      if (held != null) {
        return held;
      }
      if (bounded.remainingAtMost(WAIT).compareTo(WAIT) < 0) {
        throw new ApplyException(
            FailureCategory.CONFLICT, state.root() + ": locking failed: held by " + holder());
      }
      pause.pause(WAIT, call);
    }
  }

  /** Says whether this target has the lock: then nobody else writes. */
  boolean isHeld() {
    return held.get();
  }

  /** The marker's directory stays the same file as long as the root is the same. */
  private Object rootKey() {
    try {
      return requireNonNull(
          Files.readAttributes(state.directory(), BasicFileAttributes.class).fileKey(), "file key");
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private @Nullable Held tryAcquire(Object root) {
    if (!HELD_HERE.add(root)) {
      return null;
    }
    Held held = null;
    try {
      held = lockFile(root);
      return held;
    } catch (IOException e) {
      throw failed(e);
    } finally {
      if (held == null) {
        HELD_HERE.remove(root);
      }
    }
  }

  private @Nullable Held lockFile(Object root) throws IOException {
    Path file = state.file("lock");
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    boolean taken = false;
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        return null;
      }
      writeHolder(channel);
      taken = true;
      held.set(true);
      AtomicBoolean released = new AtomicBoolean();
      return () -> {
        // A second time it may be somebody else's.
        if (released.compareAndSet(false, true)) {
          held.set(false);
          release(root, channel);
        }
      };
    } catch (OverlappingFileLockException e) {
      return null;
    } finally {
      if (!taken) {
        channel.close();
      }
    }
  }

  private static void writeHolder(FileChannel channel) throws IOException {
    ProcessHandle self = ProcessHandle.current();
    String holder =
        "process " + self.pid() + self.info().startInstant().map(t -> " of " + t).orElse("");
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
  }

  private static void release(Object root, FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new ApplyException(FailureCategory.INTERNAL, "unlocking failed", e);
    } finally {
      HELD_HERE.remove(root);
    }
  }

  /** Reads who holds it, unless that is this process, which must not open the file again. */
  private String holder() {
    if (HELD_HERE.contains(rootKey())) {
      return "another pass in this process";
    }
    try (FileChannel channel = FileChannel.open(state.file("lock"), StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.allocate(HOLDER_BYTES);
      channel.read(buffer, 0);
      String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
      return text.isBlank() ? "somebody unknown" : text;
    } catch (IOException e) {
      return "another process";
    }
  }

  private ApplyException failed(IOException cause) {
    return new ApplyException(
        FailureCategory.UNAVAILABLE,
        state.root() + ": locking failed: " + Failure.reasonOf(cause),
        cause);
  }
}
