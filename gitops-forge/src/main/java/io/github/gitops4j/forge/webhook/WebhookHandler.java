package io.github.gitops4j.forge.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.gitops4j.call.Scheduler;
import java.io.IOException;
import java.util.Map;

/**
 * Mounts a {@link WebhookEndpoint} in the HTTP server of the JDK. That server knows no limit of
 * time for a body, so the handler ends the connection of whoever sends none, or sends too slowly.
 *
 * <p>Give the server an executor with many threads: in its own one, each delivery waits for the one
 * before.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class WebhookHandler implements HttpHandler {
  private static final WebhookResponse ONLY_POST =
      new WebhookResponse(405, Map.of("Allow", "POST"), "only POST\n");
  private static final WebhookResponse TOO_SLOW =
      WebhookResponse.of(408, "the body did not come in time");

  private final WebhookEndpoint endpoint;
  private final Scheduler scheduler;

  private WebhookHandler(WebhookEndpoint endpoint, Scheduler scheduler) {
    this.endpoint = requireNonNull(endpoint, "endpoint");
    this.scheduler = requireNonNull(scheduler, "scheduler");
  }

  /**
   * Creates a handler: {@code server.createContext("/hooks/github", WebhookHandler.of(...))}.
   *
   * @param scheduler ends the connection of a delivery that does not come in time. It sends an
   *     answer of a few bytes then; where strangers can call, better not the one of a controller
   */
  public static WebhookHandler of(WebhookEndpoint endpoint, Scheduler scheduler) {
    return new WebhookHandler(endpoint, scheduler);
  }

  @Override
  public void handle(HttpExchange exchange) {
    WatchedExchange watched = new WatchedExchange(exchange, Thread.currentThread());
    try (var ignored = scheduler.after(endpoint.patience(), watched::giveUp)) {
      watched.answer(
          exchange.getRequestMethod().equals("POST")
              ? endpoint.answer(exchange.getRequestHeaders(), watched.body())
              : ONLY_POST);
    } catch (IOException e) {
      // Whoever asked is gone, and needs no answer.
    } finally {
      watched.close();
    }
  }

  /** Sends all of an answer, and leaves the exchange open. */
  static void send(HttpExchange exchange, WebhookResponse response) throws IOException {
    response.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    // One answer for each connection: so there is always room for it.
    exchange.getResponseHeaders().set("Connection", "close");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(response.status(), -1);
      return;
    }
    byte[] text = response.text().getBytes(UTF_8);
    exchange.sendResponseHeaders(response.status(), text.length);
    exchange.getResponseBody().write(text);
    exchange.getResponseBody().flush();
  }

  static WebhookResponse tooSlow() {
    return TOO_SLOW;
  }
}
