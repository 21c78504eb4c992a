package io.github.gitops4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.Cancellation;
import io.github.gitops4j.testkit.forge.FakeForge;
import io.github.gitops4j.testkit.forge.ForgeFault;
import io.github.gitops4j.testkit.git.TestRepository;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gitops run} that tells a Git host how the applications stand. */
class RunPublishTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path directory;
  private final FakeForge forge = FakeForge.start();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Cancellation cancellation = new Cancellation();
  private TestRepository repository;

  @BeforeEach
  void declare() throws IOException {
    repository = TestRepository.create(directory.resolve("origin"));
    Files.createDirectory(directory.resolve("live"));
    write("token", "token\n");
    write(
        "app.yaml",
        """
        apiVersion: gitops4j.github.io/v1alpha1
        kind: Application
        metadata: {name: shop}
        spec:
          source: {git: {url: "%s"}}
          target: {filesystem: {root: live}}
          policy: {interval: 100ms}
        """
            .formatted(directory.resolve("origin").toUri()));
  }

  @AfterEach
  void end() {
    cancellation.cancel();
    repository.close();
    forge.close();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  private String publishing(String... lines) throws IOException {
    write(
        "publish.yaml",
        """
        apiVersion: gitops4j.github.io/v1alpha1
        kind: Publishing
        spec:
          forge: github
          api: %s
          repository: acme/shop
          tokenFile: token
        """
                .formatted(forge.github())
            + String.join("\n", lines));
    return directory.resolve("publish.yaml").toString();
  }

  private CompletableFuture<Integer> run(String publishing) {
    Console console =
        new Console(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
            new PrintStream(err, true, UTF_8),
            Map.of(),
            Console.Screen.PIPE,
            Console.Screen.PIPE);
    String[] arguments = {
      "run",
      "-f",
      directory.resolve("app.yaml").toString(),
      "--cache-dir",
      directory.resolve("cache").toString(),
      "--publish",
      publishing
    };
    return CompletableFuture.supplyAsync(
        () -> new GitopsCommand(console, cancellation).run(arguments));
  }

  private List<String> states(String commit) {
    return forge.statuses(commit).stream()
        .map(status -> status.text("state").orElseThrow())
        .toList();
  }

  private void untilSuccess(String commit) {
    Awaitility.await().atMost(LIMIT).until(() -> states(commit).contains("success"));
  }

  @Test
  void eachCommitGetsItsStatusAndDeployment() throws Exception {
    String first = repository.commit().put("port.conf", "port = 80").create();
    CompletableFuture<Integer> run =
        run(publishing("  deployments: true", "  applications: [\"sh*\"]"));
    untilSuccess(first);
    String second = repository.commit().put("port.conf", "port = 81").create();
    untilSuccess(second);
    cancellation.cancel();
    assertThat(run.join()).isZero();

    assertThat(states(second)).endsWith("success");
    assertThat(states(second).subList(0, states(second).size() - 1))
        .as("running may be passed over")
        .allMatch("pending"::equals);
    assertThat(forge.statuses(second).get(0).text("context")).contains("gitops/shop");
    assertThat(forge.deployments())
        .extracting(deployment -> deployment.text("ref").orElseThrow())
        .containsExactly(first, second);
    assertThat(forge.deployments().get(1).text("environment")).contains("shop");
  }

  @Test
  void aHostThatIsSilentDelaysNoPass() throws Exception {
    forge.failAlways(new ForgeFault.Silent());
    repository.commit().put("port.conf", "port = 80").create();
    CompletableFuture<Integer> run = run(publishing());
    Path file = directory.resolve("live/port.conf");
    Awaitility.await().atMost(LIMIT).until(() -> Files.exists(file) && !forge.requests().isEmpty());

    repository.commit().put("port.conf", "port = 81").create();

    Awaitility.await().atMost(LIMIT).until(() -> Files.readString(file).equals("port = 81"));
    forge.close();
    cancellation.cancel();
    assertThat(run.join()).isZero();
  }

  @Test
  void aFileThatIsWrongIsAnErrorWithItsLineBeforeAnythingBegins() throws Exception {
    repository.commit().put("port.conf", "port = 80").create();

    assertThat(run(publishing("  deployment: true", "  statuses: maybe")).join()).isEqualTo(1);
    write("token", "");
    assertThat(run(publishing()).join()).isEqualTo(1);
    write("publish.yaml", "");
    assertThat(run(directory.resolve("publish.yaml").toString()).join()).isEqualTo(1);

    assertThat(err.toString(UTF_8))
        .contains("publish.yaml:8: spec.deployment: unknown key; did you mean deployments?")
        .contains("publish.yaml:9: spec.statuses: expected true or false")
        .contains("token: expected a token; it is empty")
        .contains("publish.yaml: expected a repository; it is empty");
    assertThat(directory.resolve("live/port.conf")).doesNotExist();
  }
}
