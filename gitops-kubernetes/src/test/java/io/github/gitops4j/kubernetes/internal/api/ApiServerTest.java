package io.github.gitops4j.kubernetes.internal.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.Cancellation;
import io.github.gitops4j.call.Pause;
import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.error.CallException;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.GitOpsException;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.testkit.ManualClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests a server gets, and when, that wants to be left alone or gives no answer. */
class ApiServerTest {
  private static final byte[] BODY = {};
  private static final ApiRequest READ = ApiRequest.get("/read");
  private static final ApiRequest WRITE = ApiRequest.put("/write", BODY);
  private static final ApiRequest OTHER = ApiRequest.get("/other");

  private static final int IN_FLIGHT = 32;
  private static final Duration SOON = Duration.ofMillis(50);

  /** The connection stays open, and nothing comes. */
  private static final Answering SILENCE = exchange -> {};

  private final ManualClock clock = ManualClock.create();
  private final CallContext call = clock.callWithin(Duration.ofHours(1));
  private final BlockingQueue<Answering> answers = new LinkedBlockingQueue<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer http;
  private KubernetesClient client;

  /** What the server does with a request. */
  private interface Answering {
    void answer(HttpExchange exchange) throws IOException;
  }

  @BeforeEach
  void start() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(threads);
    http.createContext("/", this::answer);
    http.start();
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder()
                    .withMasterUrl("http://127.0.0.1:" + http.getAddress().getPort())
                    .build())
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    http.stop(0);
    threads.shutdownNow();
  }

  /** Without an order the server does what is asked. */
  private void answer(HttpExchange exchange) throws IOException {
    requests.add(
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI()
            + " "
            + Duration.ofNanos(clock.nanos()).toSeconds());
    Answering order = answers.poll();
    (order == null ? status(200) : order).answer(exchange);
  }

  private static Answering status(int status) {
    return exchange -> {
      try (exchange) {
        exchange.sendResponseHeaders(status, -1);
      }
    };
  }

  private static Answering later(int status, String retryAfter) {
    return exchange -> {
      exchange.getResponseHeaders().add("Retry-After", retryAfter);
      status(status).answer(exchange);
    };
  }

  /** The connection is closed when the request is there. */
  private static Answering none() {
    return HttpExchange::close;
  }

  private ApiServer server() {
    return server(clock);
  }

  private ApiServer server(Pause pause) {
    RetryPolicy retry = RetryPolicy.builder().pause(clock).jitter(() -> 1).build();
    return ApiServer.builder(client).retry(retry).pause(pause).build();
  }

  @ParameterizedTest
  @MethodSource("oneOfEach")
  void whatItSaysLaterToIsSentAgainWhenTheTimeIsOver(ApiRequest request) {
    answers.add(later(429, "7"));

    assertThat(server().send(request, call).status()).isEqualTo(200);

    assertThat(requests).containsExactly(request + " 0", request + " 7");
  }

  static Stream<ApiRequest> oneOfEach() {
    return Stream.concat(Stream.of(READ), writes());
  }

  static Stream<ApiRequest> writes() {
    return Stream.of(
        WRITE,
        ApiRequest.post("/write", BODY),
        ApiRequest.apply("/write", "manager", "", BODY),
        ApiRequest.delete("/write", Mapping.empty(), "Background"));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void nothingElseIsSentBeforeThatTimeIsOver(int status) {
    ApiServer server = server();
    answers.add(later(status, "7"));
    server.sendAsync(WRITE, call).join();
    assertThat(server.closedFor(clock)).isEqualTo(Duration.ofSeconds(7));

    server.send(OTHER, call);
    server.sendAsync(READ, call).join();

    assertThat(requests).containsExactly(WRITE + " 0", OTHER + " 7", READ + " 7");
  }

  @Test
  void whoWaitsAlreadyWaitsLongerIfTheServerSaysSoMeanwhile() {
    CountDownLatch first = new CountDownLatch(1);
    answers.add(
        exchange -> {
          await(first);
          later(429, "10").answer(exchange);
        });
    answers.add(later(429, "5"));
    CompletableFuture<?>[] slow = new CompletableFuture<?>[1];
    ApiServer server =
        server(
            (time, during) -> {
              first.countDown();
              slow[0].join();
              clock.pause(time, during);
            });
    slow[0] = server.sendAsync(WRITE, call);
    awaitRequests(1);
    server.sendAsync(READ, call).join();

    server.send(OTHER, call);

    assertThat(requests).containsExactly(WRITE + " 0", READ + " 0", OTHER + " 10");
  }

  private void awaitRequests(int count) {
    while (requests.size() < count) {
      Thread.onSpinWait();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void anHourIsNotWaitedFor() {
    answers.add(later(429, "3600"));

    server().send(WRITE, call);

    assertThat(requests).containsExactly(WRITE + " 0", WRITE + " 60");
  }

  @Test
  void aCallEndsWhileItWaits() {
    answers.add(later(429, "7"));

    CallException ended =
        catchThrowableOfType(
            CallException.class,
            () -> server().send(WRITE, clock.callWithin(Duration.ofSeconds(3))));

    assertThat(ended.category()).isEqualTo(FailureCategory.TIMEOUT);
    assertThat(requests).containsExactly(WRITE + " 0");
  }

  @Test
  void whoIsToldLaterAgainAndAgainGivesUp() {
    answers.addAll(List.of(later(429, "1"), later(429, "1"), later(429, "1"), later(429, "1")));

    assertThat(server().send(WRITE, call).status()).isEqualTo(429);

    assertThat(requests).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void aReadThatFailsIsSentAgainAndAWriteIsNot(int status) {
    Map.of(READ, 2, WRITE, 1, ApiRequest.post("/write", BODY), 1)
        .forEach(
            (request, times) -> {
              requests.clear();
              answers.add(status(status));
              server().send(request, call);
              assertThat(requests).as("%s", request).hasSize(times);
            });
  }

  @Test
  void aSilentServerIsLeftAfterTheLimitOfARequest() {
    answers.addAll(List.of(SILENCE, SILENCE, SILENCE, SILENCE, SILENCE));

    assertThat(failureOf(READ, call)).isEqualTo(FailureCategory.UNAVAILABLE);
    assertThat(requests).containsExactly(READ + " 0", READ + " 0", READ + " 0", READ + " 1");
    assertThat(failureOf(WRITE, call)).isEqualTo(FailureCategory.UNAVAILABLE);
    assertThat(requests).hasSize(5);
  }

  @Test
  void aSilentServerIsLeftAtTheDeadlineOfTheCall() {
    answers.addAll(List.of(SILENCE, SILENCE));
    for (ApiRequest request : List.of(READ, WRITE)) {
      CallContext brief = CallContext.withTimeout(SOON);
      assertThat(failureOf(request, brief)).isEqualTo(FailureCategory.TIMEOUT);
    }
    assertThat(requests).hasSize(2);
  }

  @Test
  void aSilentServerIsLeftWhenTheCallIsCancelled() {
    for (ApiRequest request : List.of(READ, WRITE)) {
      Cancellation cancellation = new Cancellation();
      answers.add(exchange -> cancellation.cancel());
      CallContext cancelled = CallContext.builder().cancellation(cancellation).build();
      assertThat(failureOf(request, cancelled)).isEqualTo(FailureCategory.CANCELLED);
    }
    assertThat(requests).hasSize(2);
  }

  private FailureCategory failureOf(ApiRequest request, CallContext during) {
    RetryPolicy retry = RetryPolicy.builder().pause(clock).jitter(() -> 1).build();
    ApiServer server = ApiServer.builder(client).retry(retry).requestLimit(SOON).build();
    return catchThrowableOfType(GitOpsException.class, () -> server.send(request, during))
        .category();
  }

  @ParameterizedTest
  @MethodSource("writes")
  void aWriteWithoutAnAnswerIsNotSentAgain(ApiRequest write) {
    answers.add(none());

    GitOpsException thrown =
        catchThrowableOfType(GitOpsException.class, () -> server().send(write, call));

    assertThat(thrown.category()).isEqualTo(FailureCategory.UNAVAILABLE);
    assertThat(requests).containsExactly(write + " 0");
  }

  @Test
  void whatIsInCommonIsHeededByAll() {
    ApiServer server = server();
    ApiServer other = server.with(RetryPolicy.builder().build(), Duration.ofSeconds(30));
    answers.add(later(429, "7"));
    server.sendAsync(WRITE, call).join();

    other.send(OTHER, call);

    assertThat(requests).containsExactly(WRITE + " 0", OTHER + " 7");
  }

  @Test
  void whoComesWhileMuchIsUnderWayWaitsForAnAnswer() {
    CountDownLatch held = new CountDownLatch(1);
    ApiServer server = server();
    List<CompletableFuture<ApiAnswer>> under = new CopyOnWriteArrayList<>();
    for (int i = 0; i < IN_FLIGHT; i++) {
      answers.add(
          exchange -> {
            await(held);
            status(200).answer(exchange);
          });
      under.add(server.sendAsync(READ, call));
    }
    awaitRequests(IN_FLIGHT);
    ApiServer other = server.with(RetryPolicy.builder().build(), SOON);

    assertThat(
            catchThrowableOfType(GitOpsException.class, () -> other.sendAsync(OTHER, call))
                .category())
        .isEqualTo(FailureCategory.UNAVAILABLE);
    CompletableFuture<ApiAnswer> waiting =
        CompletableFuture.supplyAsync(() -> server.send(OTHER, call), threads);
    held.countDown();

    assertThat(waiting.join().status()).isEqualTo(200);
    under.forEach(CompletableFuture::join);
    assertThat(requests).hasSize(IN_FLIGHT + 1);
  }
}
