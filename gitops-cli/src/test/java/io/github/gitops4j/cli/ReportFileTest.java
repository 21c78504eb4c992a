package io.github.gitops4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports that go into files beside the one that is shown. */
class ReportFileTest {
  @TempDir Path directory;

  @BeforeEach
  void declare() throws IOException {
    Files.createDirectories(directory.resolve("live"));
    Files.createDirectories(directory.resolve("desired"));
    Files.writeString(directory.resolve("desired/a.txt"), "1");
    Files.writeString(
        directory.resolve("app.yaml"),
        """
        apiVersion: gitops4j.github.io/v1alpha1
        kind: Application
        metadata: {name: shop}
        spec: {source: {directory: {path: desired}}, target: {filesystem: {root: live}}}
        """);
  }

  private CommandRun run(String verb, String... arguments) {
    List<String> all = new ArrayList<>(List.of(verb, "-f", path("app.yaml")));
    all.addAll(List.of(arguments));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  private String read(String name) throws IOException {
    return Files.readString(directory.resolve(name));
  }

  @Test
  void eachFormatGoesToItsFileAndTheAnswerStays() throws IOException {
    Files.writeString(directory.resolve("old.md"), "x".repeat(10_000));
    CommandRun run =
        run(
            "plan",
            "--report=markdown=" + path("old.md"),
            "--report=json=" + path("plan.json"),
            "--report=junit=" + path("plan.xml"),
            "--report=sarif=" + path("plan.sarif"),
            "--report=annotations=" + path("annotations"),
            "--report=code-quality=" + path("quality.json"),
            "--report=comment=" + path("comment.md"));
    assertThat(run.exit()).as(run.err()).isEqualTo(2);
    assertThat(run.out()).startsWith("application shop\nplan to ");
    assertThat(read("old.md")).startsWith("### plan of `shop`").doesNotContain("xxx");
    assertThat(read("comment.md")).isEqualTo(read("old.md"));
    assertThat(read("plan.json")).startsWith("{\"format\":\"gitops4j.report/1\"");
    assertThat(read("plan.xml")).contains("<testsuite name=\"gitops.plan.shop\"");
    assertThat(read("plan.sarif")).contains("desired/a.txt");
    assertThat(read("annotations")).isEmpty();
    assertThat(read("quality.json")).isEqualTo("[]\n");
  }

  @Test
  void outputsAreAddedAndVariablesWrittenAnew() throws IOException {
    Files.writeString(directory.resolve("output"), "before=1\n");
    Files.writeString(directory.resolve("env"), "BEFORE=1\n");
    CommandRun plan =
        run("plan", "--report=outputs=" + path("output"), "--report=dotenv=" + path("env"));
    assertThat(plan.exit()).isEqualTo(2);
    assertThat(read("output"))
        .startsWith("before=1\nhas_changes=true\napplications=1\ncreates=1\nupdates=0\n")
        .containsPattern("\nplan_digest=[0-9a-f]{64}\n")
        .endsWith("exit_code=2\n");
    assertThat(read("env"))
        .startsWith("GITOPS_HAS_CHANGES=true\nGITOPS_APPLICATIONS=1\n")
        .endsWith("GITOPS_EXIT_CODE=2\n");
    run("apply", "--report=dotenv=" + path("env"));
    assertThat(read("env")).contains("GITOPS_CREATES=1\n").endsWith("GITOPS_EXIT_CODE=0\n");
    run("plan", "--report=dotenv=" + path("env"));
    assertThat(read("env")).startsWith("GITOPS_HAS_CHANGES=false\n");
  }

  @Test
  void anOpenLineOfOutputsIsEndedFirst() throws IOException {
    Files.writeString(directory.resolve("output"), "before=1");
    run("plan", "--report=outputs=" + path("output"));
    assertThat(read("output")).startsWith("before=1\nhas_changes=true\n");
  }

  /** GitLab takes 5 KiB and, where nobody raised it, 20 variables. */
  @Test
  void variablesAreAsGitlabTakesThem() throws IOException {
    run("plan", "--report=dotenv=" + path("env"));
    assertThat(read("env").lines())
        .hasSizeLessThanOrEqualTo(20)
        .allMatch(line -> line.matches("GITOPS_[A-Z_]+=[a-z0-9]+"));
    assertThat(Files.size(directory.resolve("env"))).isLessThanOrEqualTo(5 * 1024);
  }

  @Test
  void aSummaryIsAddedAsFarAsThereIsRoom() throws IOException {
    Path summary = directory.resolve("summary");
    Files.writeString(summary, "before");
    run("plan", "--report=summary=" + summary);
    assertThat(read("summary")).startsWith("before\n### plan of");
    Files.writeString(summary, "x".repeat(1024 * 1024 - 900));
    run("plan", "--report=summary=" + summary);
    assertThat(Files.size(summary)).isEqualTo(1024 * 1024 - 900);
    for (int i = 0; i < 100; i++) {
      Files.writeString(directory.resolve("desired/file-" + i), "1");
    }
    Files.writeString(summary, "x".repeat(1024 * 1024 - 1500));
    run("plan", "--report=summary=" + summary);
    assertThat(Files.size(summary)).isBetween(1024 * 1024 - 1000L, 1024 * 1024L);
    assertThat(read("summary")).containsPattern("\nand [0-9]+ more\n");
  }

  @Test
  void aCommentKeepsToItsLimit() throws IOException {
    for (int i = 0; i < 100; i++) {
      Files.writeString(directory.resolve("desired/file-" + i), "1");
    }
    run("plan", "--report=comment=" + path("c.md"), "--comment-limit=2000");
    assertThat(Files.size(directory.resolve("c.md"))).isLessThanOrEqualTo(2000);
    assertThat(read("c.md")).containsPattern("\nand [0-9]+ more\n");
  }

  @Test
  void whatIsWrongIsSaidBeforeAnythingIsDone() {
    for (String wrong : List.of("markdown", "=x", "markdown=", "nothing=x.md", "")) {
      CommandRun run = run("apply", "--report=" + wrong);
      assertThat(run.exit()).as(wrong).isEqualTo(1);
      assertThat(run.err()).as(wrong).contains("expected FORMAT=FILE such as markdown=plan.md");
      assertThat(directory.resolve("live/a.txt")).doesNotExist();
    }
    assertThat(run("apply", "--comment-limit=10").err()).contains("expected at least 1000");
    assertThat(directory.resolve("live/a.txt")).doesNotExist();
  }

  @Test
  void aFileThatCannotBeWrittenIsAnErrorAfterTheAnswer() {
    CommandRun run = run("plan", "--report=markdown=" + path("nowhere/plan.md"));
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).contains("plan to ");
    assertThat(run.err()).contains("nowhere/plan.md: writing the report failed");
  }
}
