package io.github.gitops4j.testkit.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/** Answers the requests of a {@link GitHttpServer}, soundly or as the schedule says. */
final class GitHttpHandler implements HttpHandler {
  private static final int BUFFER = 64 * 1024;
  private static final String HTML =
      "<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>Sign in</body></html>\n";

  private final GitHttpServer server;
  private final Map<String, TestRepository> repositories;
  private final CountDownLatch closed;
  private final boolean pushAllowed;

  GitHttpHandler(
      GitHttpServer server,
      Map<String, TestRepository> repositories,
      CountDownLatch closed,
      boolean pushAllowed) {
    this.server = server;
    this.repositories = repositories;
    this.closed = closed;
    this.pushAllowed = pushAllowed;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    GitRequest request = GitRequest.read(exchange);
    server.requests().add(request.recorded());
    exchange.getResponseHeaders().set("Cache-Control", "no-cache");
    Optional<String> challenge = HttpChallenge.of(server.access(), request.authorization());
    if (challenge.isPresent()) {
      exchange.getResponseHeaders().set("WWW-Authenticate", challenge.get());
      text(exchange, 401, "text/plain", "credentials wanted\n");
      return;
    }
    Optional<GitFault> fault = server.faults().take(request.kind());
    if (fault.isEmpty() || !replaced(exchange, request, fault.get())) {
      serve(exchange, request, fault);
    }
  }

  /** Give an answer that needs no repository; false if the fault is of another sort. */
  private boolean replaced(HttpExchange exchange, GitRequest request, GitFault fault)
      throws IOException {
    if (fault instanceof GitFault.Status status) {
      status
          .retryAfter()
          .ifPresent(wait -> header(exchange, "Retry-After", Long.toString(wait.toSeconds())));
      text(exchange, status.code(), "text/plain", "failing on order of the test\n");
    } else if (fault instanceof GitFault.HtmlPage) {
      text(exchange, 200, "text/html; charset=utf-8", HTML);
    } else if (fault instanceof GitFault.Redirect redirect) {
      header(exchange, "Location", redirect.location().toString());
      text(exchange, 302, "text/plain", "elsewhere\n");
    } else if (fault instanceof GitFault.Garbage garbage) {
      garbage(exchange, request, garbage.bytes());
    } else if (fault instanceof GitFault.Silent) {
      awaitClose();
    } else {
      return false;
    }
    return true;
  }

  private void serve(HttpExchange exchange, GitRequest request, Optional<GitFault> fault)
      throws IOException {
    Optional<TestRepository> repository = request.repositoryName().map(repositories::get);
    if (repository.isEmpty() || request.service().isEmpty()) {
      text(exchange, 404, "text/plain", "no such repository\n");
      return;
    }
    GitService service = request.service().get();
    if (service == GitService.RECEIVE_PACK && !pushAllowed) {
      text(exchange, 403, "text/plain", "this server takes no pushes\n");
      return;
    }
    String type =
        fault.orElse(null) instanceof GitFault.ContentType wrong
            ? wrong.contentType()
            : request.contentType();
    header(exchange, "Content-Type", type);
    exchange.sendResponseHeaders(200, 0);
    ResponseBody body = body(exchange, fault);
    try {
      OutputStream out = new BufferedOutputStream(body, BUFFER);
      write(request, service, repository.get(), fault, out);
      out.flush();
    } catch (IOException e) {
      if (!body.isCut()) {
        throw e;
      }
    } finally {
      server.requests().sent(body.count());
    }
    finish(exchange, body, fault);
  }

  private static void write(
      GitRequest request,
      GitService service,
      TestRepository repository,
      Optional<GitFault> fault,
      OutputStream out)
      throws IOException {
    if (request.kind() == RequestKind.INFO_REFS) {
      service.advertise(repository.jgit(), request.protocol(), out);
    } else if (request.kind() == RequestKind.FETCH
        && fault.orElse(null) instanceof GitFault.EndlessPack endless) {
      new EndlessPackAnswer(endless).answer(request, out);
    } else {
      service.answer(repository.jgit(), request.protocol(), request.body(), out);
    }
  }

  private void finish(HttpExchange exchange, ResponseBody body, Optional<GitFault> fault)
      throws IOException {
    if (fault.orElse(null) instanceof GitFault.ResetAfter) {
      body.flush();
      server
          .tcp()
          .connectionFrom(exchange.getRemoteAddress().getPort())
          .ifPresent(ProxyConnection::resetAtEnd);
      // The HTTP server closes a connection whose handler fails; the relay turns that to a reset.
      throw new IOException("reset on order of the test");
    }
    body.close();
    exchange.close();
  }

  private ResponseBody body(HttpExchange exchange, Optional<GitFault> fault) {
    long limit = Long.MAX_VALUE;
    long rate = Long.MAX_VALUE;
    if (fault.orElse(null) instanceof GitFault.ResetAfter reset) {
      limit = reset.bodyBytes();
    } else if (fault.orElse(null) instanceof GitFault.TruncateAfter truncate) {
      limit = truncate.bodyBytes();
    } else if (fault.orElse(null) instanceof GitFault.Slow slow) {
      rate = slow.bytesPerSecond();
    }
    return new ResponseBody(exchange.getResponseBody(), closed, limit, rate);
  }

  private void text(HttpExchange exchange, int code, String type, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    boolean bodiless = code == 204 || code == 304;
    header(exchange, "Content-Type", type);
    exchange.sendResponseHeaders(code, bodiless ? -1 : bytes.length);
    if (!bodiless) {
      exchange.getResponseBody().write(bytes);
      server.requests().sent(bytes.length);
    }
    exchange.close();
  }

  private void garbage(HttpExchange exchange, GitRequest request, long count) throws IOException {
    header(exchange, "Content-Type", request.contentType());
    exchange.sendResponseHeaders(200, count);
    Random random = new Random(count);
    byte[] chunk = new byte[BUFFER];
    try (OutputStream out = exchange.getResponseBody()) {
      for (long left = count; left > 0; left -= chunk.length) {
        random.nextBytes(chunk);
        out.write(chunk, 0, (int) Math.min(left, chunk.length));
      }
    }
    server.requests().sent(count);
    exchange.close();
  }

  private void awaitClose() throws IOException {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IOException("the server is closed");
  }

  private static void header(HttpExchange exchange, String name, String value) {
    exchange.getResponseHeaders().set(name, value);
  }
}
