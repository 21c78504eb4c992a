package io.github.gitops4j.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A rival in Go, built from {@code gitops-benchmarks/peers}. */
final class GoPeer {
  private final Path program;

  private GoPeer(Path program) {
    this.program = program;
  }

  /**
   * What one round of a rival took.
   *
   * @param seconds how long
   * @param count how many requests or pairs
   * @param changed how many objects were changed or differ
   */
  record Round(double seconds, long count, long changed) {}

  /** Builds a rival, which Go's cache makes quick the second time. */
  static GoPeer built(String name) throws IOException {
    Path program = Path.of("gitops-benchmarks", "target", "peers", name).toAbsolutePath();
    Files.createDirectories(program.getParent());
    String module = Path.of("gitops-benchmarks", "peers", name).toString();
    Command.run("go", "-C", module, "build", "-buildvcs=false", "-o", program.toString(), ".");
    return new GoPeer(program);
  }

  /** Runs it, and reads a round from each line. */
  List<Round> run(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    return rounds(command);
  }

  /** Runs any program that prints such lines. */
  static List<Round> rounds(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(command.get(0) + ": running failed: exit " + process.exitValue());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(command.get(0) + ": running failed: interrupted", e);
    }
    return output.lines().map(GoPeer::round).toList();
  }

  private static Round round(String line) {
    String[] parts = line.split("\t", -1);
    return new Round(
        Double.parseDouble(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
  }
}
