package io.github.gitops4j.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the packaged command as a process, with an environment of its own. */
final class GitopsProcess {
  private static final long PATIENCE_SECONDS = 120;

  private final Path directory;
  private final List<String> command;

  private GitopsProcess(Path directory, List<String> command) {
    this.directory = directory;
    this.command = command;
  }

  /** The jar, started by this JVM's java. */
  static GitopsProcess jar(Path directory) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new GitopsProcess(directory, List.of(java, "-jar", packaged("gitops.jar").toString()));
  }

  /** The launcher. */
  static GitopsProcess launcher(Path directory) {
    return new GitopsProcess(directory, List.of(packaged("gitops").toString()));
  }

  /** Any program around the command; {@code {}} in its arguments stands for the launcher. */
  static GitopsProcess around(Path directory, String... program) {
    String launcher = packaged("gitops").toString();
    return new GitopsProcess(
        directory, List.of(program).stream().map(word -> word.replace("{}", launcher)).toList());
  }

  static Path packaged(String name) {
    Path file = Path.of("target", name).toAbsolutePath();
    if (!Files.exists(file)) {
      throw new AssertionError(file + ": not packaged");
    }
    return file;
  }

  /** Runs it to its end. */
  CommandRun run(String... arguments) throws IOException, InterruptedException {
    return run(Map.of(), arguments);
  }

  /** Runs it to its end, with variables added to its environment. */
  CommandRun run(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(directory, "stdout", ".txt");
    Path err = Files.createTempFile(directory, "stderr", ".txt");
    ProcessBuilder builder = builder(arguments);
    builder.environment().putAll(environment);
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    int exit = exit(process);
    CommandRun run =
        new CommandRun(
            exit,
            Files.readString(out, StandardCharsets.UTF_8),
            Files.readString(err, StandardCharsets.UTF_8));
    Files.delete(out);
    Files.delete(err);
    return run;
  }

  /** Starts it and leaves its streams to the caller. */
  Process start(String... arguments) throws IOException {
    return builder(arguments).start();
  }

  /** Waits for the end. */
  static int exit(Process process) throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the process did not end");
    }
    return process.exitValue();
  }

  private ProcessBuilder builder(String... arguments) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(all).directory(directory.toFile());
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", System.getenv("PATH"));
    environment.put("HOME", directory.resolve("home").toString());
    environment.put("LC_ALL", "C.UTF-8");
    return builder;
  }
}
