package io.github.gitops4j.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another Java process with the same class path. */
final class ChildJvm {
  private ChildJvm() {}

  static String java() {
    return Path.of(System.getProperty("java.home", ""), "bin", "java").toString();
  }

  static String classPath() {
    return System.getProperty("java.class.path", "");
  }

  /** Runs a main class that prints rows of its own; what it prints is shown. */
  static int show(String mainClass, List<String> options, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(java(), "-cp", classPath()));
    command.addAll(options);
    command.add(mainClass);
    command.addAll(arguments);
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(mainClass + ": running failed: interrupted", e);
    }
  }
}
