package io.github.gitops4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.call.Cancellation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gitops run}: until it is told to end. */
class RunVerbTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path directory;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Cancellation cancellation = new Cancellation();
  private final List<CompletableFuture<Integer>> runs = new ArrayList<>();

  @BeforeEach
  void declare() throws IOException {
    Files.createDirectories(directory.resolve("apps"));
    application("shop");
    write("shop/port.conf", "port = 80");
  }

  @AfterEach
  void end() {
    cancellation.cancel();
    // One that goes on would write into a directory that is being deleted.
    runs.forEach(run -> Awaitility.await().atMost(LIMIT).until(run::isDone));
  }

  private void application(String name) throws IOException {
    Files.createDirectories(directory.resolve("live-" + name));
    write(
        "apps/" + name + ".yaml",
        "apiVersion: gitops4j.github.io/v1alpha1\n"
            + "kind: Application\n"
            + ("metadata: {name: " + name + "}\n")
            + "spec:\n"
            + ("  source: {directory: {path: ../" + name + "}}\n")
            + ("  target: {filesystem: {root: ../live-" + name + "}}\n")
            + "  policy: {interval: 1s}\n");
  }

  private void write(String path, String text) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void aSecondProcessStandsByAndGoesOn() throws IOException {
    String lock = directory.resolve("lock").toString();
    Path port = directory.resolve("live-shop/port.conf");
    CompletableFuture<Integer> first = run("--lock", lock);
    Awaitility.await().atMost(LIMIT).until(() -> Files.exists(port));
    Cancellation end = new Cancellation();
    CompletableFuture<Integer> second = run(end, "--lock", lock);
    cancellation.cancel();
    assertThat(first.join()).isZero();

    write("shop/port.conf", "port = 81");
    Awaitility.await().atMost(LIMIT).until(() -> Files.readString(port).equals("port = 81"));
    end.cancel();
    assertThat(second.join()).isZero();
  }

  @Test
  void whatATenantMayNotUseIsRefused() throws IOException {
    application("blog");
    write("blog/port.conf", "port = 81");
    write(
        "tenants.yaml",
        "apiVersion: gitops4j.github.io/v1alpha1\n"
            + "kind: Tenant\n"
            + "metadata: {name: shopkeepers}\n"
            + "spec:\n"
            + "  applications: [\"*.yaml\"]\n"
            + ("  sources: [\"" + directory + "/*\"]\n")
            + ("  targets: [\"filesystem:" + directory + "/live-shop\"]\n"));
    CompletableFuture<Integer> exit =
        run("--tenants", directory.resolve("tenants.yaml").toString());
    Awaitility.await()
        .atMost(LIMIT)
        .until(() -> Files.exists(directory.resolve("live-shop/port.conf")));
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("apps/blog.yaml:1: blog: tenant shopkeepers may not use target filesystem:");
    assertThat(directory.resolve("live-blog/port.conf")).doesNotExist();
    cancellation.cancel();
    assertThat(exit.join()).isZero();
  }

  private CompletableFuture<Integer> run(String... more) {
    return run(cancellation, more);
  }

  private CompletableFuture<Integer> run(Cancellation end, String... more) {
    Console console =
        new Console(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of(),
            Console.Screen.PIPE,
            Console.Screen.PIPE);
    String[] arguments = new String[more.length + 3];
    arguments[0] = "run";
    arguments[1] = "-f";
    arguments[2] = directory.resolve("apps").toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    CompletableFuture<Integer> run =
        CompletableFuture.supplyAsync(() -> new GitopsCommand(console, end).run(arguments));
    runs.add(run);
    return run;
  }

  private void until(Callable<Boolean> condition) {
    Awaitility.await().atMost(LIMIT).until(condition);
  }

  private boolean isLive(String path, String text) throws IOException {
    Path file = directory.resolve(path);
    return Files.exists(file) && Files.readString(file).equals(text);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void applicationsAreKeptAsTheyAreDeclaredUntilItIsToldToEnd() throws Exception {
    CompletableFuture<Integer> run = run("--refresh", "1s");
    until(() -> isLive("live-shop/port.conf", "port = 80"));

    write("shop/port.conf", "port = 81");
    until(() -> isLive("live-shop/port.conf", "port = 81"));

    write("live-shop/port.conf", "edited");
    until(() -> isLive("live-shop/port.conf", "port = 81"));

    write("bank/rate.conf", "rate = 3");
    application("bank");
    until(() -> isLive("live-bank/rate.conf", "rate = 3"));

    Files.delete(directory.resolve("apps/bank.yaml"));
    until(() -> err().contains("applications removed: bank"));

    cancellation.cancel();
    assertThat(run.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("application shop", "created", "port.conf");
    assertThat(err()).contains("applications added: shop", "applications added: bank");
  }

  @Test
  void anEditOfALiveFileIsPutRightAlthoughTheIntervalIsLong() throws Exception {
    Path file = directory.resolve("apps/shop.yaml");
    Files.writeString(file, Files.readString(file).replace("1s", "24h"));
    CompletableFuture<Integer> run = run();
    until(() -> isLive("live-shop/port.conf", "port = 80"));

    write("live-shop/port.conf", "edited");
    until(() -> isLive("live-shop/port.conf", "port = 80"));

    assertThat(run).isNotDone();
  }

  @Test
  void aFileThatBreaksIsToldAndTheRestGoesOn() throws Exception {
    CompletableFuture<Integer> run = run("--refresh", "1s");
    until(() -> isLive("live-shop/port.conf", "port = 80"));

    write("apps/bank.yaml", "kind: [");
    until(() -> err().contains("bank.yaml"));
    write("shop/port.conf", "port = 82");
    until(() -> isLive("live-shop/port.conf", "port = 82"));

    assertThat(run).isNotDone();
  }

  @Test
  void aSourceThatIsAwayIsToldOnceAndThatItIsBack() throws Exception {
    CompletableFuture<Integer> run = run();
    until(() -> isLive("live-shop/port.conf", "port = 80"));

    Files.move(directory.resolve("shop"), directory.resolve("away"));
    until(() -> out().contains("failed (resolve)"));
    Files.move(directory.resolve("away"), directory.resolve("shop"));
    int failed = out().length();
    until(() -> out().substring(failed).contains("in sync"));

    assertThat(out().substring(0, failed)).containsOnlyOnce("failed (resolve)");
    assertThat(run).isNotDone();
  }

  @Test
  void anApplicationThatWaitsForOneThatIsNotThereIsTold() throws Exception {
    Path file = directory.resolve("apps/shop.yaml");
    Files.writeString(file, Files.readString(file) + "  dependsOn: [bank]\n");
    CompletableFuture<Integer> run = run();
    until(() -> err().contains("gitops: shop: "));
    assertThat(err()).contains("bank");
    assertThat(run).isNotDone();
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private static HttpResponse<String> get(String url) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(LIMIT).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aPageSaysHowTheApplicationsStandUntilTheEnd() throws Exception {
    CompletableFuture<Integer> run = run("--listen", "127.0.0.1:0");
    until(() -> err().contains("the status page is at http"));
    String url = err().replaceAll("(?s).*the status page is at (http\\S+).*", "$1");
    until(() -> get(url + "readyz").statusCode() == 200);

    assertThat(get(url).body()).startsWith("<!doctype html>");
    assertThat(get(url + "healthz").body()).isEqualTo("ok\n");
    assertThat(get(url + "api/applications").body()).contains("\"name\":\"shop\"", "IN_SYNC");

    cancellation.cancel();
    assertThat(run.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isZero();
    assertThatThrownBy(() -> get(url)).isInstanceOf(IOException.class);
  }

  @Test
  void anAddressThatOthersCanReachHasToBeAllowed() throws Exception {
    assertThat(run("--listen", "0.0.0.0:0").get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(run("--listen", "8080").get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(err()).contains("allow that with --listen-open", "such as 127.0.0.1:8080, not 8080");
    assertThat(isLive("live-shop/port.conf", "port = 80")).as("nothing has begun").isFalse();

    CompletableFuture<Integer> run = run("--listen", "0.0.0.0:0", "--listen-open");
    until(() -> err().contains("the status page is at http://0.0.0.0:"));
    assertThat(run).isNotDone();
  }

  @Test
  void withoutAnyApplicationItEndsWithAnError() throws Exception {
    write("apps/shop.yaml", "kind: [");

    assertThat(run().get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(err()).contains("shop.yaml");
  }

  @Test
  void whatMakesNoSenseIsAnError() throws Exception {
    assertThat(run("--workers", "0").get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(run("--refresh", "soon").get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(run("--refresh", "0s").get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(run("--app", "shop").get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(err()).contains("--workers", "--refresh", "expected more than 0s", "--app");
  }
}
