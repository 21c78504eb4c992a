package io.github.gitops4j.examples.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.gitops4j.call.Scheduler;
import io.github.gitops4j.control.Application;
import io.github.gitops4j.control.Controller;
import io.github.gitops4j.control.Trigger;
import io.github.gitops4j.status.StatusHandler;
import io.github.gitops4j.status.StatusPage;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Embeds a controller: {@code GET /} is the page that says how its applications stand, with the
 * same as JSON below {@code /api}, and {@code POST /look} with the URL of a repository makes those
 * that come from there look at once.
 *
 * <p>A real service checks who asks; this one answers on loopback only.
 *
 * @since 0.1.0
 */
public final class PlatformService implements AutoCloseable {
  private final ExecutorService executor = threads();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final HttpServer server;
  private final Controller controller;

  private PlatformService(HttpServer server) {
    this.server = server;
    this.controller =
        Controller.builder(executor, Scheduler.of(timer)).trigger(this::lookOnPost).build();
    server.createContext("/", StatusHandler.of(StatusPage.of(controller)));
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

  /** Returns a thread for each task, a virtual one where the JVM has them. */
  private static ExecutorService threads() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (NoSuchMethodException e) {
      return Executors.newCachedThreadPool();
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("virtual threads", e);
    }
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
