package io.github.gitops4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.testkit.git.TestRepository;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a shell sees of the packaged command. */
final class GitopsProcessIT {
  private static final String ESCAPE = "\u001b";

  @TempDir Path directory;

  @BeforeEach
  void declareOneFile() throws IOException {
    write("app.yaml", application("shop"));
    write("desired/a.txt", "a");
    Files.createDirectories(directory.resolve("live"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jar", "launcher"})
  void exitCodesTellHowItEnded(String form) throws Exception {
    GitopsProcess gitops = form.equals("jar") ? jar() : launcher();

    assertThat(gitops.run("plan").exit()).isEqualTo(2);
    assertThat(gitops.run("apply").exit()).isZero();
    assertThat(gitops.run("status").exit()).isZero();
    write("desired/b.txt", "b");
    write("live/b.txt", "in the way");
    assertThat(gitops.run("apply").exit()).isEqualTo(3);
    write("desired/c.txt", "c");
    assertThat(gitops.run("apply").exit()).isEqualTo(4);
    assertThat(gitops.run("plan", "-f", "none.yaml"))
        .isEqualTo(
            new CommandRun(1, "", "gitops: none.yaml: no such file; name another with -f\n"));
  }

  @Test
  void savedPlanIsAppliedOnceAndThenStale() throws Exception {
    assertThat(jar().run("plan", "--out", "plan.json").exit()).isEqualTo(2);
    assertThat(jar().run("apply", "--plan", "plan.json").exit()).isZero();
    write("live/a.txt", "edited");

    CommandRun stale = jar().run("apply", "--plan", "plan.json");
    assertThat(stale.exit()).isEqualTo(3);
    assertThat(stale.out()).contains("stale");
    assertThat(directory.resolve("live/a.txt")).hasContent("edited");
  }

  @Test
  void aPlanThatIsLargerThanTheMemoryIsRefused() throws Exception {
    enlarge("plan.json", 1L << 40);

    CommandRun run = launcher().run("apply", "--plan", "plan.json");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("plan.json: more than 16777216 bytes").hasLineCount(1);
  }

  @Test
  void aMemoryThatIsTooSmallIsAnErrorWithoutATrace() throws Exception {
    enlarge("plan.json", 15 << 20);

    CommandRun run =
        launcher().run(Map.of("JAVA_TOOL_OPTIONS", "-Xmx20m"), "apply", "--plan", "plan.json");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("gitops: out of memory; ").doesNotContain("\tat ");
  }

  private void enlarge(String name, long size) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(directory.resolve(name).toFile(), "rw")) {
      file.setLength(size);
    }
  }

  @Test
  void anOutputThatCannotBeWrittenIsAnError() throws Exception {
    CommandRun run =
        GitopsProcess.around(directory, "sh", "-c", "{} status -o json > /dev/full").run();
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("gitops: standard output: writing failed: ").hasLineCount(1);
  }

  @Test
  void aReaderThatHasSeenEnoughIsNoError() throws Exception {
    CommandRun run =
        GitopsProcess.around(directory, "bash", "-c", "{ {} plan; echo $? >&2; } | true").run();
    assertThat(run.err()).isEqualTo("2\n");
  }

  @Test
  void errorIsOneLineAndATraceOnlyOnDemand() throws Exception {
    write("app.yaml", application("shop") + "  polcy: {}\n");

    CommandRun run = launcher().run("plan");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("gitops: app.yaml:7").contains("policy").hasLineCount(1);
    assertThat(launcher().run("plan", "--debug").err()).contains("\tat io.github.gitops4j");
  }

  @Test
  void launcherWorksThroughLinksAndFromAnywhere() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("first"), Path.of("second"));
    Files.createSymbolicLink(directory.resolve("second"), GitopsProcess.packaged("gitops"));

    assertThat(GitopsProcess.around(directory, link.toString()).run("plan").exit()).isEqualTo(2);
    assertThat(GitopsProcess.around(directory, "./first").run("plan").exit()).isEqualTo(2);
    assertThat(
            GitopsProcess.around(directory, "sh", "-c", "cd / && {} plan -f \"$0\"/app.yaml")
                .run(directory.toString())
                .exit())
        .isEqualTo(2);
  }

  @Test
  void launcherTakesTheArchiveOfClassesAndDoesWithoutASpoiltOne() throws Exception {
    GitopsProcess gitops = launcher();
    String log = directory.resolve("classes.log").toString();
    gitops.run(Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + log), "plan");
    Path installed = Files.createDirectories(directory.resolve("in stalled"));
    for (String file : List.of("gitops", "gitops.jar")) {
      Files.copy(
          GitopsProcess.packaged(file),
          installed.resolve(file),
          StandardCopyOption.COPY_ATTRIBUTES);
    }
    GitopsProcess moved = GitopsProcess.around(directory, installed.resolve("gitops").toString());

    assertThat(moved.run("plan").err()).isEmpty();
    Files.writeString(installed.resolve("gitops.jsa"), "not an archive");
    CommandRun spoilt = moved.run("plan");
    assertThat(spoilt.err()).isEmpty();
    assertThat(spoilt.exit()).isEqualTo(2);
  }

  @Test
  void launcherSaysWhatIsMissing() throws Exception {
    CommandRun run = launcher().run(Map.of("JAVA_HOME", "/nowhere"), "plan");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("no Java found").contains("/nowhere/bin/java").hasLineCount(1);
  }

  @Test
  void readerThatGoesAwayDoesNotStopTheWork() throws Exception {
    for (int i = 0; i < 500; i++) {
      write("desired/many/a-file-with-a-long-name-" + i, "x");
    }

    Process apply = launcher().start("apply", "-o", "json");
    apply.getInputStream().close();
    String err = new String(apply.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(GitopsProcess.exit(apply)).isZero();
    assertThat(err).isEmpty();
    assertThat(launcher().run("status").exit()).isZero();
  }

  @Test
  void colorsAreForATerminal() throws Exception {
    assertThat(launcher().run("plan").out()).doesNotContain(ESCAPE);
    GitopsProcess terminal =
        GitopsProcess.around(directory, "script", "-q", "-e", "-c", "{} plan", "/dev/null");

    CommandRun colored = terminal.run();
    assertThat(colored.exit()).isEqualTo(2);
    assertThat(colored.out()).contains(ESCAPE + "[");
    assertThat(terminal.run(Map.of("NO_COLOR", "1")).out()).doesNotContain(ESCAPE + "[3");
  }

  @Test
  void namesBeyondAsciiAreWritten() throws Exception {
    write("desired/ä/日本.txt", "x");

    CommandRun run = launcher().run(Map.of("LC_ALL", "C"), "apply");
    assertThat(run.exit()).as(run.toString()).isZero();
    assertThat(run.out()).contains("ä/日本.txt");
    assertThat(directory.resolve("live/ä/日本.txt")).hasContent("x");

    CommandRun bare = jar().run(Map.of("LC_ALL", "C"), "plan");
    assertThat(bare.exit()).isEqualTo(1);
    assertThat(bare.out()).contains("is its locale one of UTF-8?").doesNotContain("INTERNAL");
  }

  @Test
  void twoProcessesOnOneTargetTakeTurns() throws Exception {
    for (int i = 0; i < 300; i++) {
      write("desired/many/" + i, "x");
    }

    Process one = launcher().start("apply");
    Process other = launcher().start("apply");
    String first = new String(one.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String second = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(GitopsProcess.exit(one)).as(first).isZero();
    assertThat(GitopsProcess.exit(other)).as(second).isZero();
    assertThat(launcher().run("status").exit()).isZero();
  }

  @Test
  void aDamagedRepositoryOfThisMachineIsOneLine() throws Exception {
    try (TestRepository origin = TestRepository.create(directory.resolve("origin.git"))) {
      origin.commit().put("a.txt", "a").create();
      write(
          "app.yaml",
          """
          apiVersion: gitops4j.github.io/v1alpha1
          kind: Application
          metadata: {name: shop}
          spec:
            source: {git: {url: "%s"}}
            target: {filesystem: {root: live}}
          """
              .formatted(origin.uri()));
    }
    try (Stream<Path> objects = Files.walk(directory.resolve("origin.git/objects"))) {
      for (Path object : objects.filter(Files::isRegularFile).toList()) {
        Files.delete(object);
      }
    }
    CommandRun run = launcher().run("plan");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out() + run.err()).contains("fetching failed").doesNotContain("\tat ");
  }

  @Test
  void whoWaitsForInputEndsOnDemand() throws Exception {
    Process health = launcher().start("health", "-");
    // More than a pipe holds, so it is being read.
    health
        .getOutputStream()
        .write("# a comment without an end ".repeat(10_000).getBytes(StandardCharsets.UTF_8));
    health.toHandle().destroy();
    assertThat(GitopsProcess.exit(health)).isEqualTo(128 + 15);
    assertThat(new String(health.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .doesNotContain("did not end");
  }

  @Test
  void endOnDemandLeavesWholeFilesAndTheNextRunConverges() throws Exception {
    for (int i = 0; i < 1_500; i++) {
      write("desired/many/" + i, "content of " + i);
    }

    Process apply = launcher().start("apply");
    Path stage = directory.resolve("live/.gitops/stage");
    while (apply.isAlive() && !hasEntries(stage)) {
      Thread.onSpinWait();
    }
    apply.destroy();
    assertThat(GitopsProcess.exit(apply)).isIn(0, 128 + 15);

    for (String file : files("live")) {
      assertThat(directory.resolve("live").resolve(file))
          .hasSameBinaryContentAs(directory.resolve("desired").resolve(file));
    }
    assertThat(launcher().run("apply").exit()).isZero();
    assertThat(files("live")).isEqualTo(files("desired"));
    assertThat(launcher().run("status").exit()).isZero();
  }

  @Test
  void gitSourceStartsNoProcessAndIsOnlyRead() throws Exception {
    Path repository = directory.resolve("repository");
    GitopsProcess.around(
            directory,
            "sh",
            "-c",
            "git init -q -b main repository && cp desired/a.txt repository && cd repository"
                + " && git add . && git -c user.name=a -c user.email=a@b commit -q -m a")
        .run();
    write(
        "app.yaml",
        application("shop")
            .replace("directory: {path: desired}", "git: {url: \"" + repository.toUri() + "\"}"));

    GitopsProcess traced =
        GitopsProcess.around(
            directory, "strace", "-f", "-qq", "-o", "trace", "-e", "trace=execve,openat", "{}");
    assertThat(traced.run("plan").exit()).isEqualTo(2);

    List<String> trace = Files.readAllLines(directory.resolve("trace"));
    assertThat(trace)
        .filteredOn(line -> line.contains("execve(") && !line.contains("ENOENT"))
        .as("the launcher and java")
        .hasSize(2);
    assertThat(trace)
        .filteredOn(line -> line.contains("\"" + repository))
        .isNotEmpty()
        .noneMatch(line -> line.contains("O_WRONLY") || line.contains("O_RDWR"));
  }

  private GitopsProcess jar() {
    return GitopsProcess.jar(directory);
  }

  private GitopsProcess launcher() {
    return GitopsProcess.launcher(directory);
  }

  private static boolean hasEntries(Path below) throws IOException {
    if (!Files.isDirectory(below)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(below)) {
      return entries.findAny().isPresent();
    }
  }

  private List<String> files(String below) throws IOException {
    Path root = directory.resolve(below);
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .filter(file -> !file.startsWith(".gitops"))
          .sorted()
          .toList();
    }
  }

  private static String application(String name) {
    return """
        apiVersion: gitops4j.github.io/v1alpha1
        kind: Application
        metadata: {name: %s}
        spec:
          source: {directory: {path: desired}}
          target: {filesystem: {root: live}}
        """
        .formatted(name);
  }

  private void write(String path, String text) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text);
  }
}
