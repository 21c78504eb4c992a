package io.github.gitops4j.cli.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of this project that a user copies or refers to. */
final class Repository {
  private static final Path ROOT = root();

  private Repository() {}

  private static Path root() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("action.yml"))) {
      directory = directory.getParent();
      if (directory == null) {
        throw new AssertionError("no action.yml above " + Path.of("").toAbsolutePath());
      }
    }
    return directory;
  }

  static Path file(String path) {
    return ROOT.resolve(path);
  }

  static List<Path> workflows() throws IOException {
    try (Stream<Path> files = Files.list(file("pipelines/github/workflows"))) {
      return files.sorted().toList();
    }
  }
}
