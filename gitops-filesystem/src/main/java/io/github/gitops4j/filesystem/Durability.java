package io.github.gitops4j.filesystem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;

/**
 * Makes sure that what was written survives a crash of the machine.
 *
 * <p>A small wave is flushed file by file. A large one is flushed by one call for the whole file
 * system; where there is none, or it fails, it is flushed file by file as well.
 */
final class Durability {
  private static final int FEW = 16;

  private final Disk disk;

  Durability(Disk disk) {
    this.disk = disk;
  }

  /**
   * Flushes files or directories that are all on one file system.
   *
   * @param wave how many actions the wave has; it decides for both flushes of a wave alike
   */
  void flush(Collection<Path> paths, int wave) throws IOException {
    if (paths.isEmpty()) {
      return;
    }
    if (wave > FEW && disk.flushFileSystem(paths.iterator().next())) {
      return;
    }
    for (Path path : paths) {
      // A link has no content of its own, and what is gone needs none: its directory is flushed.
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(path)) {
        disk.flush(path);
      }
    }
  }
}
