package io.github.gitops4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.Cancellation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GitopsCommandTest {
  private static final String SET =
      """
      apiVersion: gitops4j.github.io/v1alpha1
      kind: ApplicationSet
      metadata: {name: envs}
      spec:
        source:
          directory: {path: envs}
        generators: [{files: {paths: ["*/env.json"]}}]
        template:
          metadata: {name: "at-${port}"}
          spec:
            source: {directory: {path: "envs/${path}"}}
            target: {filesystem: {root: "live/${path}"}}
      """;

  @TempDir Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void declareOneFile() throws IOException {
    write("app.yaml", application("shop", ""));
    write("desired/a.txt", "a");
    Files.createDirectories(directory.resolve("live"));
  }

  @Test
  void planFindsChangesAndWritesNothing() throws IOException {
    assertThat(run("plan")).isEqualTo(2);
    assertThat(text(out)).contains("+ create     a.txt").contains("1 to create");
    assertThat(files("live")).isEmpty();
  }

  @Test
  void aPlanGoesIntoAFileAndReplacesNothingElse() throws IOException {
    String live = directory.resolve("live").toString();
    assertThat(run("plan", "--out", live)).isEqualTo(1);
    assertThat(text(out) + text(err)).contains("--out: " + live + " is a directory");
    assertThat(directory.resolve("live")).isEmptyDirectory();

    Path plan = directory.resolve("plan.json");
    Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("plan.json"));
    write("plan.json", "an older one");
    assertThat(run("plan", "--out", link.toString())).isEqualTo(2);
    assertThat(link).isSymbolicLink();
    assertThat(run("apply", "--plan", plan.toString())).isZero();

    assertThat(run("plan", "--out", directory + "/no/plan.json")).isEqualTo(1);
    assertThat(text(out) + text(err)).contains("failed: no such file or directory");
    assertThat(files(".")).noneMatch(file -> file.contains(".new"));
  }

  @Test
  void anArgumentIsNeverTheContentOfAFile() throws IOException {
    write("secret", "hunter2");
    run("apply");
    String secret = "@" + directory.resolve("secret");
    assertThat(run("unpin", "--by", secret)).isZero();
    run("history");
    assertThat(text(out)).contains(secret).doesNotContain("hunter2");
  }

  @Test
  void aRevisionIsNotEmpty() {
    assertThat(run("plan", "--revision", "")).isEqualTo(1);
    assertThat(text(out) + text(err)).contains("--revision: expected the id of a revision");
  }

  @Test
  void aHistoryThatCannotBeLookedAtIsNotWhole() throws IOException {
    run("apply");
    Path root = directory.resolve("live/.gitops/root.json");
    Files.move(root, directory.resolve("kept"));
    assertThat(run("history", "--verify")).isNotZero();
    assertThat(text(out)).contains("root.json").contains("the file is gone");
    Files.move(directory.resolve("live"), directory.resolve("moved"));
    write("live", "a file");
    assertThat(run("history", "--verify")).isEqualTo(1);
    assertThat(text(out) + text(err)).contains("history.jsonl: reading failed");
  }

  @Test
  void applyThenStatusIsInSync() throws IOException {
    assertThat(run("apply")).isZero();
    assertThat(directory.resolve("live/a.txt")).hasContent("a");
    List<String> before = files("live");

    assertThat(run("status")).isZero();
    assertThat(files("live")).isEqualTo(before);
  }

  @Test
  void driftIsFoundAndCorrected() throws IOException {
    run("apply");
    write("live/a.txt", "edited by hand");

    assertThat(run("status")).isEqualTo(2);
    assertThat(run("apply")).isZero();
    assertThat(directory.resolve("live/a.txt")).hasContent("a");
  }

  @Test
  void unmanagedFileInTheWayIsRefused() throws IOException {
    write("live/a.txt", "mine");

    assertThat(run("apply")).isEqualTo(3);
    assertThat(directory.resolve("live/a.txt")).hasContent("mine");
  }

  @Test
  void savedPlanIsAppliedOrStale() throws IOException {
    String saved = directory.resolve("plan.json").toString();
    assertThat(run("plan", "--out", saved)).isEqualTo(2);
    assertThat(run("apply", "--plan", saved)).isZero();

    write("live/a.txt", "moved");
    assertThat(run("apply", "--plan", saved)).isEqualTo(3);
    assertThat(text(out)).contains("stale");
    assertThat(directory.resolve("live/a.txt")).hasContent("moved");

    write("desired/a.txt", "other");
    assertThat(run("apply", "--plan", saved)).isEqualTo(3);
    assertThat(text(out)).contains("the plan is stale: its revision is gone");
  }

  @Test
  void changedPlanIsAnErrorInOneLine() throws IOException {
    Path saved = directory.resolve("plan.json");
    run("plan", "--out", saved.toString());
    String json = Files.readString(saved);
    Files.writeString(saved, json.replace("a.txt", "b.txt"));

    assertThat(run("apply", "--plan", saved.toString())).isEqualTo(1);
    assertThat(text(err)).endsWith("the plan was changed after it was written\n").hasLineCount(1);
  }

  @Test
  void historyShowsWhatWasDone() {
    run("apply");

    assertThat(run("history", "--limit", "1")).isZero();
    assertThat(text(out)).contains("#2").contains("succeeded").doesNotContain("#1 ");
  }

  @Test
  void historySaysWhatWasPlannedAndWhoApprovedIt() throws IOException {
    write("app.yaml", application("shop", "  policy: {requireApproval: true}\n"));
    run("plan");
    String digest = text(out).replaceAll("(?s).*digest ([0-9a-f]{64}).*", "$1");
    run("approve", digest, "--by", "ada");
    run("apply");

    assertThat(run("history", "--limit", "2")).isZero();
    assertThat(text(out)).contains("planned: 1 to create\n").contains("approved by ada\n");
    run("history", "--limit", "2", "--output", "json");
    assertThat(text(out))
        .contains("\"planned\":{\"CREATE\":1}")
        .contains("\"approvedBy\":\"ada\"")
        .contains(
            "{\"gate\":\"approval\",\"reason\":\"approved by digest\",\"verdict\":\"allow\"}");
  }

  @Test
  void historyIsVerified() throws IOException {
    assertThat(run("history", "--verify")).isZero();
    assertThat(text(out)).contains("  whole, 0 records\n");
    run("apply");
    assertThat(run("history", "--verify")).isZero();
    assertThat(text(out)).contains("  whole, 2 records\n");
    String digest = text(out).replaceAll("(?s).*digest ([0-9a-f]{64}).*", "$1");
    assertThat(run("history", "--expect", digest)).isZero();
    assertThat(run("history", "--expect", digest.substring(1))).isEqualTo(1);
    assertThat(text(err)).contains("--expect").hasLineCount(1);

    Path file = directory.resolve("live/.gitops/history.jsonl");
    String whole = Files.readString(file);
    Files.writeString(file, whole.substring(0, whole.indexOf('\n') + 1));
    assertThat(run("history", "--verify")).isZero();
    assertThat(run("history", "--expect", digest)).isEqualTo(2);
    assertThat(text(out)).contains("no record has the digest " + digest);

    Files.writeString(file, whole.replace("SUCCEEDED", "FAILED"));
    assertThat(run("history", "--verify")).isEqualTo(2);
    assertThat(text(out)).contains(file + ":2: record 2 was changed after it was written\n");
    assertThat(run("history", "--verify", "--output", "json")).isEqualTo(2);
    assertThat(text(out)).contains("\"kind\":\"EDITED\"").contains("\"sequence\":2");
    assertThat(run("history")).isEqualTo(1);
  }

  @Test
  void approvalLetsAPlanThrough() throws IOException {
    write("app.yaml", application("shop", "  policy: {requireApproval: true}\n"));
    assertThat(run("apply")).isEqualTo(3);
    run("plan");
    String digest = text(out).replaceAll("(?s).*digest ([0-9a-f]{64}).*", "$1");

    assertThat(run("approve", digest, "--by", "ada")).isZero();
    assertThat(run("apply")).isZero();
  }

  @Test
  void validateShowsEveryFindingAtItsLine() throws IOException {
    write("app.yaml", application("shop", "  polcy: {}\n  dependsOn: 3\n"));

    assertThat(run("validate")).isEqualTo(1);
    assertThat(text(out)).contains("app.yaml:10").contains("app.yaml:9").contains("policy?");
    assertThat(run("validate", "--output", "sarif")).isEqualTo(1);
    assertThat(text(out)).contains("\"startLine\":9");
  }

  @Test
  void directoryOfApplicationFilesIsReadAndEveryFindingHasItsFile() throws IOException {
    write("apps/a.yaml", application("shop", "").replace("desired", "../desired"));
    write("apps/b.yml", application("base", "  polcy: {}\n"));
    write("apps/c.json", "{\"kind\": 3}");
    write("apps/d.yaml", application("shop", ""));
    write("apps/nested/e.yaml", "not: an application\n");
    String apps = directory.resolve("apps").toString();

    CommandRun run = CommandRun.of("plan", "-f", apps);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err())
        .contains("b.yml:9: spec.polcy: unknown key")
        .contains("c.json:1")
        .contains("d.yaml:1: expected another name: the application in " + apps + "/a.yaml:1")
        .doesNotContain("nested");

    for (String wrong : new String[] {"b.yml", "c.json", "d.yaml"}) {
      Files.delete(directory.resolve("apps").resolve(wrong));
    }
    Files.createDirectories(directory.resolve("apps/live"));
    assertThat(CommandRun.of("plan", "-f", apps).exit()).isEqualTo(2);
    assertThat(CommandRun.of("plan", "-f", directory.resolve("live").toString()).err())
        .endsWith("live: no .yaml, .yml or .json file in it\n");
  }

  @Test
  void aSetLooksIntoTheSourceThatItNames() throws IOException {
    write("envs/dev/env.json", "{\"port\": 80}");
    write("envs/prod/env.json", "{\"port\": 443}");
    write("live/dev/x", "");
    write("live/prod/x", "");
    write("app.yaml", SET);
    assertThat(run("plan", "--app", "at-443")).isEqualTo(2);
    assertThat(text(out)).contains("application at-443", "+ create     env.json");

    write("envs/prod/env.json", "{\"port\": 443");
    assertThat(run("plan")).isEqualTo(1);
    assertThat(text(err)).contains("envs/prod/env.json:1").contains("not valid JSON");
  }

  @Test
  void validFilesAreCounted() {
    assertThat(run("validate")).isZero();
    assertThat(text(out)).contains("valid, 1 declared");
  }

  @Test
  void dependenciesComeFirstAndACycleIsAnError() throws IOException {
    String second = application("base", "");
    write("app.yaml", application("shop", "  dependsOn: [base]\n") + "---\n" + second);
    run("plan");
    assertThat(text(out).indexOf("application base"))
        .isLessThan(text(out).indexOf("application shop"));

    String cycle = application("base", "  dependsOn: [shop]\n");
    write("app.yaml", application("shop", "  dependsOn: [base]\n") + "---\n" + cycle);
    assertThat(run("plan")).isEqualTo(1);
    assertThat(text(err)).contains("a cycle: shop -> base -> shop");
  }

  @Test
  void failedApplicationStopsItsDependentsOnly() throws IOException {
    String broken = application("base", "").replace("desired", "nowhere");
    String shop = application("shop", "  dependsOn: [base]\n");
    write("app.yaml", broken + "---\n" + shop + "---\n" + application("other", ""));

    assertThat(run("plan")).isEqualTo(1);
    assertThat(text(out))
        .contains("nowhere: reading failed")
        .contains("shop: not looked at: it depends on base")
        .contains("application other\nplan to");
  }

  @Test
  void errorsAreOneLineWithoutATrace() {
    assertThat(run("plan", "--app", "none")).isEqualTo(1);
    assertThat(text(err)).contains("no application is called none").hasLineCount(1);
    assertThat(run("plan", "--frobnicate")).isEqualTo(1);
    assertThat(text(err)).startsWith("gitops: ").doesNotContain("\tat ");
  }

  @Test
  void cancelledRunIsAnErrorAndWritesNothing() throws IOException {
    Cancellation cancelled = new Cancellation();
    cancelled.cancel();

    assertThat(command(cancelled).run("-f", directory.resolve("app.yaml").toString(), "apply"))
        .isEqualTo(1);
    assertThat(directory.resolve("live/a.txt")).doesNotExist();
  }

  @Test
  void jsonIsOneDocument() {
    assertThat(run("plan", "--output", "json")).isEqualTo(2);
    assertThat(text(out)).startsWith("{\"format\":\"gitops4j.report/1\"").hasLineCount(1);
  }

  private int run(String... arguments) {
    out.reset();
    err.reset();
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("-f");
    all.add(directory.resolve("app.yaml").toString());
    return command(new Cancellation()).run(all.toArray(String[]::new));
  }

  private GitopsCommand command(Cancellation cancellation) {
    return new GitopsCommand(
        new Console(
            InputStream.nullInputStream(),
            stream(out),
            stream(err),
            Map.of(),
            Console.Screen.PIPE,
            Console.Screen.PIPE),
        cancellation);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static String application(String name, String more) {
    return """
        apiVersion: gitops4j.github.io/v1alpha1
        kind: Application
        metadata: {name: %s}
        spec:
          source:
            directory: {path: desired}
          target:
            filesystem: {root: live}
        """
            .formatted(name)
        + more;
  }

  private void write(String path, String text) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(directory.resolve(path).resolveSibling("."));
    Files.writeString(file, text);
  }

  /** Returns every file below with its size and time. */
  private List<String> files(String below) throws IOException {
    Path root = directory.resolve(below);
    List<String> found = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
        found.add(
            root.relativize(file) + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
      }
    }
    return found;
  }
}
