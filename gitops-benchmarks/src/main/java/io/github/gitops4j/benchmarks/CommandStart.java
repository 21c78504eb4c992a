package io.github.gitops4j.benchmarks;

import io.github.gitops4j.testkit.git.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measures {@code gitops plan} as a process, from its start to its end: an empty home directory, so
 * that the cache is made and the repository fetched, and an empty target. The jar and the launcher
 * take turns; what counts is the fastest round, and the median is shown.
 *
 * <p>Arguments: rounds (default 15).
 */
public final class CommandStart {
  private static final int DEFAULT_ROUNDS = 15;
  private static final int FILES = 20;
  private static final int CHANGES_FOUND = 2;
  private static final double NANOS = 1e6;

  private final Path base;
  private int homes;

  private CommandStart(Path base) {
    this.base = base;
  }

  /** Runs the measurement. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : DEFAULT_ROUNDS;
    Path built = Path.of("gitops-cli", "target").toAbsolutePath();
    List<String> jar = List.of(ChildJvm.java(), "-jar", built.resolve("gitops.jar").toString());
    List<String> launcher = List.of(built.resolve("gitops").toString());
    CommandStart start = new CommandStart(Files.createTempDirectory("gitops-start"));
    start.declare();
    start.nanos(jar);
    start.nanos(launcher);
    double[] byJar = new double[rounds];
    double[] byLauncher = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      byJar[i] = start.nanos(jar) / NANOS;
      byLauncher[i] = start.nanos(launcher) / NANOS;
    }
    System.out.println(CaseRow.head());
    System.out.println(row("gitops plan, whole process, java -jar", byJar, 600));
    System.out.println(row("gitops plan, whole process, launcher", byLauncher, 400));
  }

  private static CaseRow row(String name, double[] millis, double bar) {
    Arrays.sort(millis);
    String median = String.format(Locale.ROOT, ", median %.0f ms", millis[millis.length / 2]);
    return new CaseRow(name + median, millis[0], bar, "ms");
  }

  private void declare() throws IOException {
    Path origin = base.resolve("origin.git");
    try (TestRepository repository = TestRepository.create(origin)) {
      repository.commit().putMany("apps", FILES, n -> "content of " + n).create();
    }
    Files.createDirectory(base.resolve("target"));
    Files.writeString(
        base.resolve("app.yaml"),
        """
        apiVersion: gitops4j.github.io/v1alpha1
        kind: Application
        metadata: {name: small}
        spec:
          source:
            git: {url: "%s", ref: main, path: apps}
          target:
            filesystem: {root: target}
        """
            .formatted(origin.toUri()));
  }

  private long nanos(List<String> command) throws IOException, InterruptedException {
    Path home = Files.createDirectory(base.resolve("home" + homes++));
    ProcessBuilder builder =
        new ProcessBuilder(Stream.concat(command.stream(), Stream.of("plan")).toList());

    builder.directory(base.toFile());
    builder.redirectOutput(base.resolve("out").toFile());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", System.getenv("PATH"));
    environment.put("HOME", home.toString());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    long began = System.nanoTime();
    int exit = builder.start().waitFor();
    long took = System.nanoTime() - began;
    if (exit != CHANGES_FOUND) {
      throw new IOException("gitops plan: expected exit " + CHANGES_FOUND + ", not " + exit);
    }
    return took;
  }
}
