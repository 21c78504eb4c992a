package io.github.gitops4j.examples.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The directory of one run. */
final class Scratch {
  private Scratch() {}

  /** Returns the files below a directory, without the engine's own. */
  static List<String> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .map(file -> directory.relativize(file).toString())
          .filter(name -> !name.startsWith(".gitops"))
          .sorted()
          .toList();
    }
  }

  /** Removes a directory with everything in it, and says so if it cannot. */
  static void removeOrTell(Path directory) {
    try (Stream<Path> found = Files.walk(directory)) {
      for (Path file : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      System.err.println("quickstart: " + directory + " is left over: " + e.getMessage());
    }
  }
}
