package io.github.gitops4j.testkit.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.testkit.kubernetes.ApiFault.BrokenAnswer;
import io.github.gitops4j.testkit.kubernetes.ApiFault.End;
import io.github.gitops4j.testkit.kubernetes.ApiFault.LateEvents;
import io.github.gitops4j.testkit.kubernetes.ApiFault.LostRequest;
import io.github.gitops4j.testkit.kubernetes.ApiFault.OddEvents;
import io.github.gitops4j.testkit.kubernetes.ApiFault.Oddity;
import io.github.gitops4j.testkit.kubernetes.ApiFault.StoppedWatch;
import io.github.gitops4j.testkit.kubernetes.ApiFault.WatchEnd;
import io.github.gitops4j.testkit.kubernetes.ControlPlane.User;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
@ExtendWith(ControlPlaneExtension.class)
class ApiFaultProxyIT {
  private ControlPlane plane;
  private TestNamespace namespace;
  private ApiFaultProxy proxy;
  private PlaneClient client;

  @BeforeEach
  void start(ControlPlane plane, TestNamespace namespace) {
    this.plane = plane;
    this.namespace = namespace;
    proxy = ApiFaultProxy.to(plane);
    client = client();
  }

  @AfterEach
  void stop() {
    proxy.close();
  }

  @Test
  void whatHasNoOrderPassesAsItIs() {
    PlaneAnswer made = apply("a");
    PlaneAnswer page = client.get(namespace.core("configmaps") + "?limit=1");

    assertThat(made.status()).isEqualTo(201);
    assertThat(page.status()).isEqualTo(200);
    assertThat(client.get(path("b")).status()).isEqualTo(404);
    assertThat(page.body()).isEqualTo(plane.client().get(sameList()).body());
  }

  @Test
  void eachRequestIsRecorded() {
    apply("a");
    client.get(namespace.core("configmaps") + "?limit=1&labelSelector=a%3Db");

    assertThat(proxy.calls()).hasSize(2);
    assertThat(proxy.count(ApiCall::isWrite)).isEqualTo(1);
    ApiCall list = proxy.calls().get(1);
    assertThat(list.method()).isEqualTo("GET");
    assertThat(list.path()).isEqualTo(namespace.core("configmaps"));
    assertThat(list.parameter("labelSelector")).contains("a=b");
    proxy.forgetCalls();
    assertThat(proxy.calls()).isEmpty();
  }

  @Test
  void anOrderedAnswerComesOnceAndDoesNotReachTheServer() throws Exception {
    proxy.faults().next(ApiCall::isWrite, ApiFault.retryLater(429, Duration.ofSeconds(7)));

    HttpResponse<String> refused = raw("PATCH", path("a") + "?fieldManager=test", configMap("a"));

    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("retry-after")).contains("7");
    assertThat(refused.body()).contains("\"reason\":\"TooManyRequests\"");
    assertThat(plane.client().get(path("a")).status()).isEqualTo(404);
    assertThat(apply("a").status()).isEqualTo(201);
    assertThat(proxy.faults().pending()).isZero();
  }

  @Test
  void aStandingOrderHoldsUntilItIsDropped() {
    proxy.faults().always(call -> call.path().endsWith("/configmaps/a"), ApiFault.unauthorized());

    assertThat(apply("a").status()).isEqualTo(401);
    assertThat(apply("a").status()).isEqualTo(401);
    assertThat(apply("b").status()).isEqualTo(201);
    proxy.faults().clear();
    assertThat(apply("a").status()).isEqualTo(201);
  }

  @Test
  void laterPagesCanBeGone() {
    apply("a");
    apply("b");
    proxy.faults().always(ApiCall::isLaterPage, ApiFault.gone());
    String first = client.get(namespace.core("configmaps") + "?limit=1").body();
    String token = first.replaceAll("(?s).*\"continue\":\"([^\"]+)\".*", "$1");

    PlaneAnswer second = client.get(namespace.core("configmaps") + "?limit=1&continue=" + token);

    assertThat(second.status()).isEqualTo(410);
    assertThat(second.body()).contains("Expired");
  }

  @Test
  void aLostRequestDoesNothing() {
    proxy.faults().next(ApiCall::isWrite, new LostRequest());

    assertThatThrownBy(() -> apply("a")).isInstanceOf(UncheckedIOException.class);

    assertThat(plane.client().get(path("a")).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @EnumSource(End.class)
  void aBrokenAnswerIsOneThatTheServerGave(End end) {
    proxy.faults().next(ApiCall::isWrite, new BrokenAnswer(20, end));

    assertThatThrownBy(() -> apply("a")).isInstanceOf(UncheckedIOException.class);

    assertThat(plane.client().get(path("a")).status()).isEqualTo(200);
  }

  @Test
  void anAnswerCanBeLostWhole() {
    proxy.faults().next(ApiCall::isWrite, new BrokenAnswer(0, End.RESET));

    assertThatThrownBy(() -> apply("a")).isInstanceOf(UncheckedIOException.class);

    assertThat(plane.client().get(path("a")).status()).isEqualTo(200);
  }

  @Test
  void aDelayedRequestComesLater() {
    proxy.faults().next(call -> true, new ApiFault.Delay(Duration.ofMillis(300)));
    long start = System.nanoTime();

    assertThat(apply("a").status()).isEqualTo(201);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(299));
  }

  @Test
  void somethingCanHappenBeforeARequest() {
    proxy
        .faults()
        .next(
            ApiCall::isWrite,
            new ApiFault.Before(() -> plane.client().apply(path("a"), "other", configMap("a"))));

    assertThat(apply("a").status()).isEqualTo(200);
  }

  @Test
  void somethingCanHappenBetweenAWriteAndItsAnswer() {
    proxy
        .faults()
        .next(ApiCall::isWrite, new ApiFault.After(() -> plane.client().delete(path("a"))));

    assertThat(apply("a").status()).isEqualTo(201);
    assertThat(plane.client().get(path("a")).status()).isEqualTo(404);
  }

  @Test
  void theNumberOfARequestCanBeSaid() {
    proxy.faults().nth(3, ApiCall::isWrite, ApiFault.status(500));

    assertThat(apply("a").status()).isEqualTo(201);
    assertThat(client.get(path("a")).status()).isEqualTo(200);
    assertThat(apply("b").status()).isEqualTo(201);
    assertThat(apply("c").status()).isEqualTo(500);
    assertThat(apply("c").status()).isEqualTo(201);
  }

  @Test
  void aWatchPassesEachEventAsItComes() throws Exception {
    CompletableFuture<List<String>> events = watch(2);

    apply("a");
    apply("b");

    assertThat(names(events)).containsExactly("a", "b");
  }

  @Test
  void eventsCanBeDoubled() throws Exception {
    proxy.faults().next(ApiCall::isWatch, new OddEvents(Oddity.DOUBLED));
    CompletableFuture<List<String>> events = watch(4);

    apply("a");
    apply("b");

    assertThat(names(events)).containsExactly("a", "a", "b", "b");
  }

  @Test
  void eventsCanBeSwapped() throws Exception {
    proxy.faults().next(ApiCall::isWatch, new OddEvents(Oddity.SWAPPED));
    CompletableFuture<List<String>> events = watch(2);

    apply("a");
    apply("b");

    assertThat(names(events)).containsExactly("b", "a");
  }

  @Test
  void eventsCanBeLate() throws Exception {
    proxy.faults().next(ApiCall::isWatch, new LateEvents(Duration.ofMillis(300)));
    CompletableFuture<List<String>> events = watch(1);

    long start = System.nanoTime();
    apply("a");

    assertThat(names(events)).containsExactly("a");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(299));
  }

  @ParameterizedTest
  @EnumSource(WatchEnd.class)
  void aWatchCanStopAfterSomeEvents(WatchEnd end) throws Exception {
    proxy.faults().next(ApiCall::isWatch, new StoppedWatch(1, end));
    CompletableFuture<List<String>> events = watch(10);

    apply("a");

    List<String> seen = events.get(30, TimeUnit.SECONDS);
    switch (end) {
      case TIMED_OUT -> assertThat(seen).singleElement().asString().contains(named("a"));
      case GONE -> {
        assertThat(seen).hasSize(2).first().asString().contains(named("a"));
        assertThat(seen.get(1)).contains("\"code\":410");
      }
      // A reset may overtake the event.
      case RESET -> assertThat(seen).hasSizeBetween(1, 2).last().isEqualTo("broken");
    }
  }

  @Test
  void allConnectionsCanBeReset() throws Exception {
    CompletableFuture<List<String>> events = watch(10);
    apply("a");
    awaitCalls(2);

    proxy.resetAll();

    assertThat(events.get(30, TimeUnit.SECONDS)).last().isEqualTo("broken");
  }

  @Test
  void newConnectionsSeeTheCertificateThatIsShown() {
    PlaneClient other = client();
    proxy.show(ServerCertificate.valid());
    assertThatThrownBy(() -> other.get("/version")).hasCauseInstanceOf(SSLException.class);

    proxy.show(ServerCertificate.expired());
    assertThatThrownBy(() -> client().get("/version")).hasCauseInstanceOf(SSLException.class);

    proxy.show(ServerCertificate.forOtherHost());
    assertThatThrownBy(() -> client().get("/version")).hasCauseInstanceOf(SSLException.class);

    proxy.show(ServerCertificate.valid());
    assertThat(client().get("/version").status()).isEqualTo(200);
  }

  @Test
  void itsKubeconfigLeadsThroughIt() {
    assertThat(proxy.kubeconfig(User.LIMITED))
        .contains(proxy.url().toString(), plane.token(User.LIMITED));
  }

  private PlaneClient client() {
    return new PlaneClient(proxy.url(), plane.token(User.ADMIN), proxy.authority());
  }

  private PlaneAnswer apply(String name) {
    return client.apply(path(name), "test", configMap(name));
  }

  private String path(String name) {
    return namespace.core("configmaps/" + name);
  }

  private String sameList() {
    return namespace.core("configmaps") + "?limit=1";
  }

  private static String configMap(String name) {
    return "{apiVersion: v1, kind: ConfigMap, metadata: {name: " + name + ", labels: {own: x}}}";
  }

  private HttpResponse<String> raw(String method, String path, String body) throws Exception {
    return http()
        .send(
            request(path)
                .header("Content-Type", "application/apply-patch+yaml")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private HttpClient http() {
    return HttpClient.newBuilder()
        .sslContext(ServerCertificate.clientContext(proxy.authority()))
        .build();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(proxy.url() + path))
        .header("Authorization", "Bearer " + plane.token(User.ADMIN));
  }

  /** Collect the events that come, until there are so many or the watch ends. */
  private CompletableFuture<List<String>> watch(int limit) throws Exception {
    String query = "?watch=true&timeoutSeconds=20&labelSelector=own%3Dx&resourceVersion=";
    HttpRequest request = request(namespace.core("configmaps") + query + revision()).build();
    HttpResponse<Stream<String>> answer = http().send(request, HttpResponse.BodyHandlers.ofLines());
    return CompletableFuture.supplyAsync(
        () -> {
          List<String> events = new ArrayList<>();
          try (Stream<String> lines = answer.body()) {
            var each = lines.iterator();
            while (events.size() < limit && each.hasNext()) {
              events.add(each.next());
            }
          } catch (UncheckedIOException e) {
            events.add("broken");
          }
          return events;
        });
  }

  private static String named(String name) {
    return "\"name\":\"" + name + "\"";
  }

  private String revision() {
    String list = plane.client().get(namespace.core("configmaps") + "?limit=1").body();
    Matcher matcher = Pattern.compile("\"resourceVersion\":\"(\\d+)\"").matcher(list);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private static List<String> names(CompletableFuture<List<String>> events) throws Exception {
    return events.get(30, TimeUnit.SECONDS).stream()
        .map(event -> event.replaceAll(".*?\"metadata\":\\{\"name\":\"([^\"]+)\".*", "$1"))
        .toList();
  }

  private void awaitCalls(int number) throws IOException {
    long end = System.nanoTime() + 20_000_000_000L;
    while (proxy.calls().size() < number) {
      if (System.nanoTime() > end) {
        throw new IOException("no such call");
      }
      Thread.onSpinWait();
    }
  }
}
