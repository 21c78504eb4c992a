package io.github.gitops4j.git;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/** Damages a cache on disk. */
final class Damage {
  private Damage() {}

  static void truncatePacks(Path cache) throws IOException {
    try (Stream<Path> files = Files.walk(cache)) {
      for (Path pack : files.filter(file -> file.toString().endsWith(".pack")).toList()) {
        Files.setPosixFilePermissions(pack, PosixFilePermissions.fromString("rw-r--r--"));
        try (FileChannel channel = FileChannel.open(pack, StandardOpenOption.WRITE)) {
          channel.truncate(channel.size() / 3);
        }
      }
    }
  }
}
