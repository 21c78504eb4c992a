package io.github.gitops4j.filesystem;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.concurrent.TimeUnit;

/**
 * Makes sure that what was written survives a crash of the machine.
 *
 * <p>A few files are flushed one by one. Many are flushed by one call for the whole file system,
 * which the JDK does not have: the system's {@code sync} makes it. Where there is none, or it
 * fails, they are flushed one by one as well.
 */
final class Durability {
  private static final int FEW = 16;
  private static final long SYNC_SECONDS = 600;
  private static final Path SYNC = Path.of("/bin/sync");

  private Durability() {}

  /** Flushes one file or directory. */
  static void force(Path path) throws IOException {
    StandardOpenOption option =
        Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
    try (FileChannel channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }

  /** Flushes files or directories that are all on one file system. */
  static void force(Collection<Path> paths) throws IOException {
    if (paths.isEmpty()) {
      return;
    }
    if (paths.size() > FEW && syncFileSystem(paths.iterator().next())) {
      return;
    }
    for (Path path : paths) {
      if (!Files.isSymbolicLink(path) && Files.exists(path)) {
        force(path);
      }
    }
  }

  private static boolean syncFileSystem(Path any) throws IOException {
    if (!Files.isExecutable(SYNC)) {
      return false;
    }
    ProcessBuilder sync = new ProcessBuilder(SYNC.toString(), "-f", any.toString());
    sync.environment().clear();
    sync.redirectErrorStream(true);
    sync.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Process process = sync.start();
    try {
      return process.waitFor(SYNC_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("flushing was interrupted", e);
    }
  }
}
