package io.github.gitops4j.testkit.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs the real {@code git}, away from the configuration of the user and the system. */
final class NativeGit {
  private final Path home;
  private final Map<String, String> environment = new TreeMap<>();

  NativeGit(Path home) {
    this.home = home;
    environment.put("HOME", home.toString());
    environment.put("XDG_CONFIG_HOME", home.toString());
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("GIT_TERMINAL_PROMPT", "0");
    environment.put("GIT_AUTHOR_NAME", "T");
    environment.put("GIT_AUTHOR_EMAIL", "t@example.org");
    environment.put("GIT_COMMITTER_NAME", "T");
    environment.put("GIT_COMMITTER_EMAIL", "t@example.org");
  }

  NativeGit with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Run a command that must succeed and give what it printed. */
  String run(Path directory, String... arguments) throws IOException, InterruptedException {
    Result result = start(directory, arguments);
    if (result.code != 0) {
      throw new AssertionError(String.join(" ", arguments) + ": " + result.output);
    }
    return result.output;
  }

  /** Run a command that must fail and give what it printed. */
  String fail(Path directory, String... arguments) throws IOException, InterruptedException {
    Result result = start(directory, arguments);
    if (result.code == 0) {
      throw new AssertionError(String.join(" ", arguments) + " did not fail: " + result.output);
    }
    return result.output;
  }

  private Result start(Path directory, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(home, "git", ".out");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
    builder.environment().putAll(environment);
    int code = builder.start().waitFor();
    return new Result(code, new String(Files.readAllBytes(output), UTF_8));
  }

  private record Result(int code, String output) {}
}
