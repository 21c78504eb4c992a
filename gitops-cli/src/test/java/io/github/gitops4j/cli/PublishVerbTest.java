package io.github.gitops4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.gitops4j.call.Cancellation;
import io.github.gitops4j.testkit.forge.FakeForge;
import io.github.gitops4j.testkit.forge.ForgeEntry;
import io.github.gitops4j.testkit.forge.ForgeFault;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gitops publish}. */
class PublishVerbTest {
  private static final String SHA = "A".repeat(40);
  private static final String COMMIT = "a".repeat(40);

  @TempDir Path directory;
  private final FakeForge forge = FakeForge.start();

  @BeforeEach
  void write() throws IOException {
    Files.writeString(directory.resolve("token"), "token\n");
    Files.writeString(directory.resolve("body.md"), "the plan\n");
  }

  @AfterEach
  void stop() {
    forge.close();
  }

  private CommandRun publish(String what, String... more) {
    return run("github", what, more);
  }

  private CommandRun run(String host, String what, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "publish",
                what,
                "--forge",
                host,
                "--api",
                (host.equals("github") ? forge.github() : forge.gitlab()).toString(),
                "--repository",
                "acme/shop",
                "--token-file",
                directory.resolve("token").toString()));
    arguments.addAll(List.of(more));
    return CommandRun.reading("from a pipe\n", arguments.toArray(String[]::new));
  }

  private String body() {
    return directory.resolve("body.md").toString();
  }

  @Test
  void aCommentIsWrittenAndKeptUpToDate() throws IOException {
    CommandRun first = publish("comment", "--number", "7", "--body", body());
    assertThat(first.out()).isEqualTo("comment plan: created\n");
    assertThat(first.exit()).isZero();
    assertThat(publish("comment", "--number", "7", "--body", body()).out())
        .isEqualTo("comment plan: unchanged\n");
    assertThat(publish("comment", "--number", "7", "--body", "-", "-o", "json").out())
        .isEqualTo("{\"published\":\"comment plan\",\"result\":\"updated\"}\n");
    assertThat(forge.comments(7))
        .extracting(ForgeEntry::body)
        .containsExactly("<!-- gitops:plan -->\nfrom a pipe\n");
    Files.writeString(directory.resolve("body.md"), "");
    assertThat(publish("comment", "--number", "7", "--body", body()).out())
        .isEqualTo("comment plan: removed\n");
    assertThat(forge.comments(7)).isEmpty();
  }

  @Test
  void aStatusHasTheStateOfAnExitCode() {
    for (String code : List.of("0", "1", "2", "3", "4")) {
      CommandRun run =
          publish("status", "--sha", SHA, "--context", "gitops/" + code, "--exit-code", code);
      assertThat(run.exit()).as(run.err()).isZero();
    }
    assertThat(publish("status", "--sha", SHA, "--state", "running").out())
        .isEqualTo("status gitops/plan: running: published\n");

    assertThat(forge.statuses(COMMIT))
        .extracting(status -> status.text("state").orElseThrow())
        .containsExactly("success", "error", "success", "failure", "failure", "pending");
    assertThat(forge.statuses(COMMIT).get(2).text("description"))
        .contains("there is something to do");
  }

  @Test
  void aDeploymentAndAnIssue() {
    assertThat(
            run(
                    "gitlab",
                    "deployment",
                    "--sha",
                    SHA,
                    "--ref",
                    "refs/tags/v1",
                    "--environment",
                    "production",
                    "--state",
                    "success",
                    "--log-url",
                    "https://ci.example.com/1")
                .out())
        .isEqualTo("deployment to production: success: published\n");
    assertThat(forge.deployments().get(0).text("ref")).contains("v1");
    assertThat(
            run("gitlab", "issue", "--title", "Drift", "--label", "gitops", "--body", body()).out())
        .isEqualTo("issue drift: created\n");
    assertThat(forge.issues())
        .extracting(ForgeEntry::title, ForgeEntry::body)
        .containsExactly(tuple("Drift", "<!-- gitops:drift -->\nthe plan\n"));
  }

  @Test
  void aHostThatIsAwayForAMomentIsAskedAgainAndOneThatIsAskedTooOftenIsNot() {
    forge.fail(ForgeFault.status(502, "a moment"));
    assertThat(publish("status", "--sha", SHA, "--state", "success").exit()).isZero();
    assertThat(forge.requests()).hasSize(2);

    forge.failAlways(new ForgeFault.Status(403, Map.of("Retry-After", "60"), "{}"));
    CommandRun run = publish("status", "--sha", SHA, "--state", "success");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("the answer is 403");
    assertThat(forge.requests()).hasSize(3);
  }

  @Test
  void theTokenIsInNothingThatIsSaid() throws IOException {
    Files.writeString(directory.resolve("token"), "topsecret");
    CommandRun run = publish("status", "--sha", SHA, "--state", "success", "--debug");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("401: Bad credentials");
    assertThat(run.out() + run.err()).doesNotContain("topsecret");
  }

  @Test
  void theTokenMayBeInAVariableThatIsNamed() {
    String[] arguments = {
      "publish",
      "status",
      "--forge",
      "github",
      "--api",
      forge.github().toString(),
      "--repository",
      "acme/shop",
      "--token-env",
      "MY_TOKEN",
      "--sha",
      SHA,
      "--state",
      "success"
    };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    for (Map<String, String> environment : List.of(Map.of("MY_TOKEN", "token"), Map.of("X", "y"))) {
      Console console =
          new Console(
              new ByteArrayInputStream(new byte[0]),
              new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
              new PrintStream(err, true, UTF_8),
              environment,
              Console.Screen.PIPE,
              Console.Screen.PIPE);
      int exit = new GitopsCommand(console, new Cancellation()).run(arguments);
      assertThat(exit).isEqualTo(environment.containsKey("X") ? 1 : 0);
    }
    assertThat(err.toString(UTF_8))
        .isEqualTo("gitops: --token-env: the variable MY_TOKEN is not set, or empty\n");
  }

  @Test
  void whatIsWrongIsSaidAndNothingIsSent() {
    String[][] all = {
      {"status", "--sha", "main", "--state", "success", "expected a whole commit id"},
      {"status", "--sha", SHA, "expected either --state or --exit-code"},
      {"status", "--sha", SHA, "--state", "good", "expected one of"},
      {"status", "--sha", SHA, "--state", "success", "--target-url", "javascript:1", "a URL"},
      {"comment", "--number", "x", "--body", body(), "--number"},
      {"comment", "--number", "7", "--body", body() + "x", "no such file"},
      {"comment", "--number", "7", "--name", "a -->", "--body", body(), "expected a name"},
      {"issue", "--body", body(), "--title"},
      {
        "deployment",
        "--sha",
        SHA,
        "--environment",
        "e",
        "--exit-code",
        "2",
        "no state of a deployment"
      },
      {"status", "--sha", SHA, "--state", "success", "--token-env", "X", "either --token-file"}
    };
    for (String[] each : all) {
      String[] more = new String[each.length - 2];
      System.arraycopy(each, 1, more, 0, more.length);
      CommandRun run = publish(each[0], more);
      assertThat(run.exit()).as(run.err()).isEqualTo(1);
      assertThat(run.err()).contains(each[each.length - 1]);
    }
    CommandRun bare = CommandRun.of("publish");
    assertThat(bare.err()).contains("expected comment, status, deployment or issue");
    assertThat(run("gitea", "status", "--sha", SHA, "--state", "success", "--public-only").err())
        .contains("which is no public address");
    assertThat(forge.requests()).isEmpty();
  }
}
