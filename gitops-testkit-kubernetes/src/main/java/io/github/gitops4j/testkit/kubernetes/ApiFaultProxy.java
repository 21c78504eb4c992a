package io.github.gitops4j.testkit.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.github.gitops4j.testkit.kubernetes.ControlPlane.User;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/**
 * An HTTPS server in front of a real API server that records each request and fails on order.
 *
 * <p>What has no order goes to the API server and comes back as it is. It speaks HTTP/1.1 with a
 * certificate of its own. Threads are daemons and end with {@link #close()}. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ApiFaultProxy implements AutoCloseable {
  private final ControlPlane plane;
  private final HttpClient upstream;
  private final ServerSocket listener;
  private final ApiFaultSchedule faults = new ApiFaultSchedule();
  private final List<ApiCall> calls = new CopyOnWriteArrayList<>();
  private final Set<ApiConnection> connections = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile ServerCertificate certificate = ServerCertificate.ofThisProcess();

  private ApiFaultProxy(ControlPlane plane) throws IOException {
    this.plane = plane;
    // Not HTTP/2: the API server ends the connection after a 401, and Java 17 then loses the
    // answer.
    this.upstream =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(ServerCertificate.clientContext(plane.authority()))
            .build();
    this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
  }

  /** Start a proxy in front of a control plane. */
  public static ApiFaultProxy to(ControlPlane plane) {
    requireNonNull(plane, "plane");
    try {
      ApiFaultProxy proxy = new ApiFaultProxy(plane);
      proxy.spawn(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException("fault proxy: starting it failed", e);
    }
  }

  /** Give the URL of the proxy, such as {@code https://127.0.0.1:23456}. */
  public URI url() {
    return URI.create("https://127.0.0.1:" + listener.getLocalPort());
  }

  /** Give the certificate, in PEM, that clients have to trust. */
  public String authority() {
    return certificate.pem();
  }

  /** Give the text of a kubeconfig that leads a user through this proxy. */
  public String kubeconfig(User user) {
    String authority = Base64.getEncoder().encodeToString(authority().getBytes(UTF_8));
    return """
        apiVersion: v1
        kind: Config
        clusters:
        - name: proxy
          cluster: {server: "%s", certificate-authority-data: %s}
        users:
        - name: user
          user: {token: "%s"}
        contexts:
        - name: proxy
          context: {cluster: proxy, user: user}
        current-context: proxy
        """
        .formatted(url(), authority, plane.token(user));
  }

  /** Give the orders for what goes wrong; none at first. */
  public ApiFaultSchedule faults() {
    return faults;
  }

  /** Show another certificate to connections that come from now on. */
  public void show(ServerCertificate other) {
    certificate = requireNonNull(other, "other");
  }

  /** Reset all connections that are open, watches too. */
  public void resetAll() {
    connections.forEach(ApiConnection::reset);
  }

  /** Give the requests so far, in the order in which they came. */
  public List<ApiCall> calls() {
    return List.copyOf(calls);
  }

  /** Count such requests so far. */
  public long count(Predicate<ApiCall> which) {
    return calls.stream().filter(which).count();
  }

  /** Forget the requests so far. */
  public void forgetCalls() {
    calls.clear();
  }

  /** Stop listening and close all connections. */
  @Override
  public void close() {
    closed.countDown();
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException("fault proxy: closing it failed", e);
    } finally {
      resetAll();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        ApiConnection connection = new ApiConnection(client, certificate, this::newExchange);
        connections.add(connection);
        spawn(
            () -> {
              try {
                connection.run();
              } finally {
                connections.remove(connection);
              }
            });
      } catch (IOException e) {
        // Closed: nobody is left to be told.
      }
    }
  }

  private ApiExchange newExchange(ApiRequest head) {
    calls.add(head.call());
    return new ApiExchange(
        head, faults.take(head.call()), new ApiUpstream(upstream, plane.url()), closed);
  }

  private void spawn(Runnable task) {
    Thread thread = new Thread(task, "api-fault-proxy-" + listener.getLocalPort());
    thread.setDaemon(true);
    thread.start();
  }
}
