package io.github.gitops4j.testkit.forge;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.source.JsonReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A Git host on the loopback interface that keeps what it is told: statuses, deployments, comments
 * and issues, by the APIs of GitHub, GitLab, Gitea, Forgejo and Bitbucket. It has one repository,
 * whatever it is called.
 *
 * <p>A request needs the token that {@link #accept} names, in the header of its API, or gets 401.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class FakeForge implements AutoCloseable {
  private final Object lock = new Object();
  private final HttpServer server;
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ForgeStore store = new ForgeStore();
  private final List<ForgeRequest> requests = new ArrayList<>();
  private final Deque<ForgeFault> next = new ArrayDeque<>();
  private @Nullable ForgeFault always;
  private String token = "token";

  private FakeForge(HttpServer server) {
    this.server = server;
  }

  /** Starts a host without anything in it, whose token is {@code token}. */
  public static FakeForge start() {
    try {
      FakeForge forge =
          new FakeForge(
              HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
      forge.server.createContext("/", forge::handle);
      forge.server.setExecutor(forge.executor);
      forge.server.start();
      return forge;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the base URL of the API of GitHub. */
  public URI github() {
    return url("/api/v3");
  }

  /** Returns the base URL of the API of GitLab. */
  public URI gitlab() {
    return url("/api/v4");
  }

  /** Returns the base URL of the API of Gitea and Forgejo. */
  public URI gitea() {
    return url("/api/v1");
  }

  /** Returns the base URL of the API of Bitbucket Cloud. */
  public URI bitbucketCloud() {
    return url("/2.0");
  }

  /** Returns the base URL of the API of Bitbucket Data Center. */
  public URI bitbucketDc() {
    return url("/rest/api/latest");
  }

  private URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** Takes another token from now on. */
  public void accept(String value) {
    synchronized (lock) {
      token = requireNonNull(value, "value");
    }
  }

  /**
   * Says whose token it is from now on. A name that ends in {@code [bot]} is a bot's; at GitHub it
   * may not ask who it is, as the token of a job may not.
   */
  public void account(String name) {
    synchronized (lock) {
      store.account = requireNonNull(name, "name");
    }
  }

  /** Lists so many on each page from now on. */
  public void pageSize(int size) {
    synchronized (lock) {
      store.pageSize = size;
    }
  }

  /** Misbehaves once, after the orders before. */
  public void fail(ForgeFault fault) {
    synchronized (lock) {
      next.add(requireNonNull(fault, "fault"));
    }
  }

  /** Misbehaves until {@link #recover}. */
  public void failAlways(ForgeFault fault) {
    synchronized (lock) {
      always = requireNonNull(fault, "fault");
    }
  }

  /** Forgets all orders to misbehave. */
  public void recover() {
    synchronized (lock) {
      always = null;
      next.clear();
    }
  }

  /** Returns all requests, oldest first, also those that were refused. */
  public List<ForgeRequest> requests() {
    synchronized (lock) {
      return List.copyOf(requests);
    }
  }

  /** Returns what was said of a commit, oldest first, as it was sent. */
  public List<Mapping> statuses(String commit) {
    synchronized (lock) {
      return List.copyOf(store.statuses.getOrDefault(commit, List.of()));
    }
  }

  /** Returns the deployments, oldest first, as they were sent and with their ids. */
  public List<Mapping> deployments() {
    synchronized (lock) {
      return List.copyOf(store.deployments.values());
    }
  }

  /** Returns all that was said of deployments, by their ids, oldest first, as it was sent. */
  public Collection<List<Mapping>> deploymentStatuses() {
    synchronized (lock) {
      return List.copyOf(store.deploymentStatuses.values());
    }
  }

  /** Returns the comments on a pull request or merge request, oldest first. */
  public List<ForgeEntry> comments(long number) {
    synchronized (lock) {
      return List.copyOf(store.comments.getOrDefault(number, Map.of()).values());
    }
  }

  /** Returns all issues, oldest first. */
  public List<ForgeEntry> issues() {
    synchronized (lock) {
      return List.copyOf(store.issues.values());
    }
  }

  /** Adds a comment of somebody, and returns its id. */
  public long comment(long number, String author, String body) {
    synchronized (lock) {
      long id = store.nextId();
      store
          .comments
          .computeIfAbsent(number, any -> new TreeMap<>())
          .put(id, new ForgeEntry(id, author, "", body, true));
      return id;
    }
  }

  /** Adds an open issue of somebody, and returns its number. */
  public long issue(String author, String title, String body) {
    synchronized (lock) {
      long id = store.nextId();
      store.issues.put(id, new ForgeEntry(id, author, title, body, true));
      return id;
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    ForgeRequest request =
        new ForgeRequest(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            exchange.getRequestHeaders(),
            body.length == 0
                ? Mapping.empty()
                : (Mapping) JsonReader.create().read("request", body).root());
    try (exchange) {
      Optional<ForgeFault> fault;
      Optional<ForgeReply> reply;
      synchronized (lock) {
        requests.add(request);
        fault = Optional.ofNullable(next.isEmpty() ? always : next.remove());
        reply = fault.isPresent() ? Optional.empty() : Optional.of(answer(request));
      }
      if (fault.isPresent()) {
        misbehave(exchange, fault.get());
      } else {
        send(exchange, reply.orElseThrow());
      }
    }
  }

  /** Called under the lock. */
  private ForgeReply answer(ForgeRequest request) {
    return credentials(request).equals(token)
        ? store.answer(request)
        : ForgeReply.refused(401, "Bad credentials");
  }

  private static void send(HttpExchange exchange, ForgeReply reply) throws IOException {
    reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    send(exchange, reply.status(), Document.of(reply.body()).canonicalJson());
  }

  private static String credentials(ForgeRequest request) {
    String given = request.header("PRIVATE-TOKEN");
    return given.isEmpty()
        ? request.header("Authorization").replaceFirst("^(Bearer|token) ", "")
        : given;
  }

  private void misbehave(HttpExchange exchange, ForgeFault fault) throws IOException {
    if (fault instanceof ForgeFault.Status status) {
      status.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      send(exchange, status.code(), status.body().getBytes(StandardCharsets.UTF_8));
    } else if (fault instanceof ForgeFault.Silent) {
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    } else if (fault instanceof ForgeFault.Endless endless) {
      exchange.sendResponseHeaders(200, 0);
      byte[] some = new byte[1 << 16];
      OutputStream out = exchange.getResponseBody();
      for (long left = endless.bytes(); left > 0; left -= some.length) {
        out.write(some);
      }
    } else if (!(fault instanceof ForgeFault.Hangup)) {
      throw new AssertionError(fault.getClass());
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 || status == 204 ? -1 : body.length);
    if (body.length > 0 && status != 204) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    executor.shutdownNow();
  }
}
