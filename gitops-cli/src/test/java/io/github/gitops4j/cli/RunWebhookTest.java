package io.github.gitops4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.Cancellation;
import io.github.gitops4j.testkit.git.GitHttpServer;
import io.github.gitops4j.testkit.git.TestCertificate;
import io.github.gitops4j.testkit.git.TestRepository;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gitops run} that is told of pushes. */
class RunWebhookTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path directory;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Cancellation cancellation = new Cancellation();
  private TestRepository repository;
  private GitHttpServer server;

  @BeforeEach
  void declare() throws IOException {
    TestCertificate certificate = TestCertificate.valid();
    repository = TestRepository.create(directory.resolve("origin"));
    server = GitHttpServer.builder().tls(certificate).start();
    repository.commit().put("port.conf", "port = 80").create();
    Files.createDirectory(directory.resolve("live"));
    certificate.writeAuthority(directory.resolve("ca.pem"));
    write("secret", "a secret\n");
    write(
        "app.yaml",
        """
        apiVersion: gitops4j.github.io/v1alpha1
        kind: Application
        metadata: {name: shop}
        spec:
          source: {git: {url: "%s", caFile: ca.pem}}
          target: {filesystem: {root: live}}
          policy: {interval: 24h}
        """
            .formatted(server.serve("acme/shop", repository)));
  }

  @AfterEach
  void end() {
    cancellation.cancel();
    server.close();
    repository.close();
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  private CompletableFuture<Integer> run(String... more) {
    Console console =
        new Console(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
            new PrintStream(err, true, UTF_8),
            Map.of(),
            Console.Screen.PIPE,
            Console.Screen.PIPE);
    String[] arguments = new String[more.length + 5];
    arguments[0] = "run";
    arguments[1] = "-f";
    arguments[2] = directory.resolve("app.yaml").toString();
    arguments[3] = "--cache-dir";
    arguments[4] = directory.resolve("cache").toString();
    System.arraycopy(more, 0, arguments, 5, more.length);
    return CompletableFuture.supplyAsync(
        () -> new GitopsCommand(console, cancellation).run(arguments));
  }

  private String err() {
    return err.toString(UTF_8);
  }

  private void untilLive(String text) {
    Path file = directory.resolve("live/port.conf");
    Awaitility.await()
        .atMost(LIMIT)
        .until(() -> Files.exists(file) && Files.readString(file).equals(text));
  }

  private static HttpResponse<String> push(String address, String secret) throws Exception {
    String body =
        "{\"ref\": \"refs/heads/main\","
            + " \"repository\": {\"ssh_url\": \"git@127.0.0.1:Acme/shop.git\"}}";
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .timeout(LIMIT)
            .header("X-GitHub-Event", "push")
            .header(
                "X-Hub-Signature-256",
                "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8))))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aPushIsAppliedAtOnceAlthoughTheIntervalIsLong() throws Exception {
    CompletableFuture<Integer> run =
        run(
            "--listen",
            "127.0.0.1:0",
            "--webhook-secret",
            "github=" + directory.resolve("secret"),
            "--webhook-secret",
            "github=" + write("next", "the next secret"));
    untilLive("port = 80");
    Awaitility.await().atMost(LIMIT).until(() -> err().contains("webhooks are taken at"));
    String hook =
        err().replaceAll("(?s).*the status page is at (http\\S+)/.*", "$1") + "/hooks/github";

    repository.commit().put("port.conf", "port = 81").create();
    assertThat(push(hook, "wrong").statusCode()).isEqualTo(401);
    HttpResponse<String> answer = push(hook, "a secret");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("push: applications that look: 1\n");
    untilLive("port = 81");
    repository.commit().put("port.conf", "port = 82").create();
    assertThat(push(hook, "the next secret").statusCode()).isEqualTo(200);
    untilLive("port = 82");
    assertThat(push(hook.replace("github", "gitlab"), "a secret").statusCode())
        .as("the page is there, and takes no posts")
        .isEqualTo(405);
    cancellation.cancel();
    assertThat(run.join()).isZero();
  }

  @Test
  void aSecretThatIsWrongIsAnErrorBeforeAnythingBegins() throws Exception {
    String secret = "github=" + directory.resolve("secret");

    assertThat(run("--webhook-secret", secret).join()).isEqualTo(1);
    assertThat(run("--listen", "127.0.0.1:0", "--webhook-secret", "github").join()).isEqualTo(1);
    assertThat(run("--listen", "127.0.0.1:0", "--webhook-secret", "x=y").join()).isEqualTo(1);
    write("secret", "\n");
    assertThat(run("--listen", "127.0.0.1:0", "--webhook-secret", secret).join()).isEqualTo(1);

    assertThat(err())
        .contains("--webhook-secret: webhooks need --listen")
        .contains("expected PROVIDER=FILE")
        .contains("no provider is called x")
        .contains("secret: the secret of a webhook is empty");
    assertThat(directory.resolve("live/port.conf")).doesNotExist();
  }
}
