package io.github.gitops4j.testkit.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A group of the API that the test itself serves, behind the real API server.
 *
 * <p>It has one namespaced kind, {@code Thing} in {@code v1}, as plain old servers have it: get,
 * list, create, update and delete. It knows no patch of any sort, no managed fields, no dry run and
 * no watch; an apply is answered 415. {@link #stop()} takes the server down and leaves the group
 * registered, so that the API server answers 503 for it. Thread-safe.
 *
 * @since 0.1.0
 */
public final class AggregatedApi implements AutoCloseable {
  private static final String SERVICES = "/apis/apiregistration.k8s.io/v1/apiservices";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final ControlPlane plane;
  private final String group;
  private final HttpsServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool(AggregatedApi::daemon);
  private final AggregatedThings things;
  private final TestNamespace home;

  private AggregatedApi(ControlPlane plane, String group, HttpsServer server) {
    this.plane = plane;
    this.group = group;
    this.server = server;
    this.things = new AggregatedThings(group);
    this.home = TestNamespace.in(plane);
  }

  /**
   * Serve a group, and wait until the API server passes its requests on.
   *
   * @param group the name of the group, such as {@code things.example.com}
   */
  public static AggregatedApi start(ControlPlane plane, String group) {
    requireNonNull(plane, "plane");
    try {
      HttpsServer server =
          HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
      server.setHttpsConfigurator(
          new HttpsConfigurator(ServerCertificate.ofThisProcess().serverContext()));
      AggregatedApi api = new AggregatedApi(plane, requireNonNull(group, "group"), server);
      server.setExecutor(api.threads);
      server.createContext("/", api::answer);
      server.start();
      api.register();
      return api;
    } catch (IOException e) {
      throw new UncheckedIOException("aggregated API: starting it failed", e);
    }
  }

  /** Give the path of the things of a namespace. */
  public String path(TestNamespace namespace) {
    return namespace.path(group + "/v1", "things");
  }

  /** Take the server down; the group stays registered and is answered 503. */
  public void stop() {
    server.stop(0);
    awaitStatus(503);
  }

  /** Take the server down and the group away. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    plane.client().delete(SERVICES + "/v1." + group);
    home.close();
  }

  private void register() {
    succeed(
        plane
            .client()
            .post(
                home.core("services"),
                """
                {"metadata": {"name": "api"},
                 "spec": {"type": "ExternalName", "externalName": "localhost"}}
                """));
    succeed(
        plane
            .client()
            .post(
                SERVICES,
                """
                {"metadata": {"name": "v1.%1$s"},
                 "spec": {"group": "%1$s", "version": "v1", "insecureSkipTLSVerify": true,
                  "groupPriorityMinimum": 1000, "versionPriority": 10,
                  "service": {"namespace": "%2$s", "name": "api", "port": %3$d}}}
                """
                    .formatted(group, home.name(), server.getAddress().getPort())));
    awaitStatus(200);
  }

  private void awaitStatus(int status) {
    long end = System.nanoTime() + LIMIT.toNanos();
    String path = path(home);
    PlaneAnswer answer = plane.client().get(path);
    while (answer.status() != status) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("aggregated API: the API server says " + answer);
      }
      answer = plane.client().get(path);
    }
  }

  private static void succeed(PlaneAnswer answer) {
    if (!answer.isSuccess()) {
      throw new IllegalStateException("aggregated API: registering it failed: " + answer);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      PlaneAnswer answer =
          things.answer(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), body);
      byte[] bytes = answer.body().getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "aggregated-api");
    thread.setDaemon(true);
    return thread;
  }
}
