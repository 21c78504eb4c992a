package io.github.gitops4j.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged command line as a process of its own, over the application files of a directory. */
final class RunProcess {
  private static final Path ROOT = Path.of(System.getProperty("gitops.root"));
  private static final int SHOWN = 40;

  private final Process process;
  private final Path output;

  private RunProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts {@code gitops run}, whose output is added to what earlier ones said. */
  static RunProcess start(Path directory) throws IOException {
    return start(directory, directory.resolve("run.txt"), "run", "--refresh", "5s");
  }

  /** Runs a verb to its end, and returns its exit code. */
  static int once(Path directory, String... arguments) throws IOException {
    Path output = directory.resolve("once.txt");
    Files.deleteIfExists(output);
    return start(directory, output, arguments).ended();
  }

  /** Runs a verb that has to succeed, and returns what it said as JSON. */
  static String output(Path directory, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--output", "json"));
    int exit = once(directory, all.toArray(String[]::new));
    String said = Files.readString(directory.resolve("once.txt"));
    if (exit != 0) {
      throw new AssertionError(all + " ended with " + exit + ": " + said);
    }
    return said;
  }

  private static RunProcess start(Path directory, Path output, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-jar",
                ROOT.resolve("gitops-cli/target/gitops.jar").toString(),
                "--cache-dir",
                directory.resolve("cache").toString(),
                "-f",
                directory.resolve("apps").toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
            .start();
    return new RunProcess(process, output);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Kills it without a warning. */
  void kill() {
    process.destroyForcibly();
    ended();
  }

  /** Tells it to end, and returns its exit code. */
  int end() {
    process.destroy();
    return ended();
  }

  private int ended() {
    try {
      if (!process.waitFor(3, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError("it did not end: " + said());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the last lines that it said. */
  String said() {
    try {
      List<String> lines = Files.readAllLines(output);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN), lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
