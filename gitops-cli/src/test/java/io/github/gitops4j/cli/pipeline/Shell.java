package io.github.gitops4j.cli.pipeline;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A script that was run.
 *
 * @param exit its exit code
 * @param log what it said on both streams, as a runner keeps it
 */
record Shell(int exit, String log) {
  private static final long PATIENCE_SECONDS = 120;

  /** Runs a command in a directory, with nothing in its environment but what is given. */
  static Shell run(Path directory, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile("pipeline", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectOutput(log.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError("did not end: " + command + "\n" + Files.readString(log));
    }
    String said = Files.readString(log);
    Files.delete(log);
    return new Shell(process.exitValue(), said);
  }

  /** Runs a command that has to succeed. */
  static void must(Path directory, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Shell shell = run(directory, environment, List.of(command));
    if (shell.exit() != 0) {
      throw new AssertionError(List.of(command) + ": " + shell.exit() + "\n" + shell.log());
    }
  }

  /** The programs of this machine with the java of this JVM before all others. */
  static String path() {
    return Path.of(System.getProperty("java.home"), "bin") + ":" + System.getenv("PATH");
  }
}
