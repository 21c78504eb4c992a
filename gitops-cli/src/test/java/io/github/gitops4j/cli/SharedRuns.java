package io.github.gitops4j.cli;

import io.github.gitops4j.call.Cancellation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Some applications of directories, and runs of this process that share them. */
final class SharedRuns {
  static final Duration LIMIT = Duration.ofMinutes(2);

  private final Path directory;
  private final List<String> names;

  SharedRuns(Path directory, int applications) throws IOException {
    this.directory = directory;
    this.names = IntStream.range(0, applications).mapToObj(i -> "app" + i).toList();
    for (String name : names) {
      Files.createDirectories(directory.resolve("live-" + name));
      write(
          "apps/" + name + ".yaml",
          "apiVersion: gitops4j.github.io/v1alpha1\nkind: Application\n"
              + ("metadata: {name: " + name + "}\nspec:\n")
              + ("  source: {directory: {path: ../" + name + "}}\n")
              + ("  target: {filesystem: {root: ../live-" + name + "}}\n")
              + "  policy: {interval: 1s}\n");
    }
  }

  private void write(String path, String text) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Declares a port for each application. */
  void declare(int port) throws IOException {
    for (String name : names) {
      write(name + "/port.conf", "port = " + port);
    }
  }

  /** Says whether all applications are live with a port. */
  boolean areLive(int port) throws IOException {
    for (String name : names) {
      Path file = directory.resolve("live-" + name).resolve("port.conf");
      if (!Files.exists(file) || !Files.readString(file).equals("port = " + port)) {
        return false;
      }
    }
    return true;
  }

  /** One process, which ends when it is told to. */
  record Run(
      Cancellation cancellation, CompletableFuture<Integer> exit, ByteArrayOutputStream err) {
    /** Tells it to end, and returns its exit code. */
    int end() throws Exception {
      cancellation.cancel();
      return exit.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    String said() {
      return err.toString(StandardCharsets.UTF_8);
    }
  }

  Run start(String... more) {
    Cancellation end = new Cancellation();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of(),
            Console.Screen.PIPE,
            Console.Screen.PIPE);
    String[] run = {"run", "-f", directory.resolve("apps").toString()};
    String[] arguments = Arrays.copyOf(run, run.length + more.length);
    System.arraycopy(more, 0, arguments, run.length, more.length);
    return new Run(
        end,
        CompletableFuture.supplyAsync(() -> new GitopsCommand(console, end).run(arguments)),
        err);
  }
}
