package io.github.gitops4j.status;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Serves a {@link StatusPage} through the HTTP server of the JDK, below the path of its context.
 *
 * <p>Who asks over loopback has to call the server by a name of loopback: the page of a foreign
 * site whose name leads here learns nothing.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class StatusHandler implements HttpHandler {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final StatusPage page;

  private StatusHandler(StatusPage page) {
    this.page = requireNonNull(page, "page");
  }

  /** Creates a handler: {@code server.createContext("/", StatusHandler.of(page))}. */
  public static StatusHandler of(StatusPage page) {
    return new StatusHandler(page);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().close();
      if (isForeign(exchange)) {
        byte[] text = "this host is not served here\n".getBytes(UTF_8);
        exchange.sendResponseHeaders(421, text.length);
        exchange.getResponseBody().write(text);
        return;
      }
      StatusResponse response = page.answer(request(exchange));
      response.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      byte[] body = response.body();
      exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static StatusRequest request(HttpExchange exchange) {
    String context = exchange.getHttpContext().getPath();
    String base = context.endsWith("/") ? context.substring(0, context.length() - 1) : context;
    String path = exchange.getRequestURI().getRawPath();
    String query = exchange.getRequestURI().getRawQuery();
    return new StatusRequest(
        exchange.getRequestMethod(),
        path.substring(Math.min(base.length(), path.length())),
        query == null ? "" : query,
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("If-None-Match")));
  }

  private static boolean isForeign(HttpExchange exchange) {
    if (!exchange.getLocalAddress().getAddress().isLoopbackAddress()) {
      return false;
    }
    String host = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Host")).orElse("");
    String name = host.replaceFirst(":[0-9]*$", "").toLowerCase(Locale.ROOT);
    return !LOOPBACK.contains(name);
  }
}
