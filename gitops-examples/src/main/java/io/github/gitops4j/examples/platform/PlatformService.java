package io.github.gitops4j.examples.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.gitops4j.call.Scheduler;
import io.github.gitops4j.control.Application;
import io.github.gitops4j.control.ApplicationStatus;
import io.github.gitops4j.control.Condition;
import io.github.gitops4j.control.Controller;
import io.github.gitops4j.control.Trigger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;

/**
 * Embeds a controller: {@code GET /applications} says how they stand, one line each, and {@code
 * POST /look} with the URL of a repository makes those that come from there look at once.
 *
 * <p>A real service checks who asks; this one answers on loopback only.
 *
 * @since 0.1.0
 */
public final class PlatformService implements AutoCloseable {
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final HttpServer server;
  private final Controller controller;

  private PlatformService(HttpServer server) {
    this.server = server;
    this.controller =
        Controller.builder(executor, Scheduler.of(timer)).trigger(this::lookOnPost).build();
    server.createContext(
        "/applications",
        exchange -> {
          String lines =
              controller.statuses().stream()
                  .map(PlatformService::line)
                  .collect(Collectors.joining());
          answer(exchange, 200, lines);
        });
    server.setExecutor(executor);
    server.start();
  }

  /**
   * Starts the service on a free port.
   *
   * @throws IOException if there is none
   */
  public static PlatformService start() throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new PlatformService(HttpServer.create(address, 0));
  }

  /** Returns the port that it answers on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Keeps one more application right. */
  public void keep(Application application) {
    controller.put(application);
  }

  private Trigger.Started lookOnPost(Trigger.Sink sink) {
    var context =
        server.createContext(
            "/look",
            exchange -> {
              String url = new String(exchange.getRequestBody().readAllBytes(), UTF_8).strip();
              boolean isPost = exchange.getRequestMethod().equals("POST");
              int looking = isPost ? sink.remoteMoved(url) : 0;
              answer(exchange, looking > 0 ? 202 : 404, looking + " look\n");
            });
    return () -> server.removeContext(context);
  }

  private static String line(ApplicationStatus status) {
    String conditions =
        status.conditions().stream().map(Condition::message).collect(Collectors.joining("; "));
    String health = status.unhealthy().isEmpty() ? "healthy" : "unhealthy " + status.unhealthy();
    return String.join("\t", status.name(), status.sync().toString(), health, conditions) + "\n";
  }

  private static void answer(HttpExchange exchange, int code, String text) throws IOException {
    byte[] body = text.getBytes(UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(code, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    controller.close();
    server.stop(0);
    timer.shutdown();
    executor.shutdown();
  }
}
