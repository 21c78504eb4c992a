package io.github.gitops4j.benchmarks;

import java.io.IOException;
import java.util.Map;

/** Programs that our own runs are compared with. */
final class Command {
  private Command() {}

  /** Runs a program that must succeed. */
  static void run(String... command) throws IOException {
    run(Map.of(), command);
  }

  /** Runs a program that must succeed, with variables added to its environment. */
  static void run(Map<String, String> environment, String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    try {
      int exit = builder.start().waitFor();
      if (exit != 0) {
        throw new IOException(String.join(" ", command) + ": running failed: exit " + exit);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(String.join(" ", command) + ": running failed: interrupted", e);
    }
  }
}
