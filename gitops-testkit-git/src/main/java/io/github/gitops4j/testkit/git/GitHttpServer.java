package io.github.gitops4j.testkit.git;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A Git server over smart HTTP or HTTPS (protocols 0 to 2) on the loopback interface, on a port
 * that the system chooses.
 *
 * <pre>{@code
 * try (GitHttpServer server = GitHttpServer.builder().start()) {
 *   URI url = server.serve("team/app", repository);
 *   server.faults().next(RequestKind.FETCH, new GitFault.ResetAfter(1024));
 * }
 * }</pre>
 *
 * <p>All connections run through a {@link FaultyProxy}, see {@link #tcp()}. Threads are daemons and
 * end with {@link #close()}. Thread-safe.
 *
 * @since 0.1.0
 */
public final class GitHttpServer implements AutoCloseable {
  private final HttpServer http;
  private final FaultyProxy proxy;
  private final ExecutorService executor =
      Executors.newCachedThreadPool(Daemon.factory("git-http-server"));
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<String, TestRepository> repositories = new ConcurrentHashMap<>();
  private final FaultSchedule faults = new FaultSchedule();
  private final RequestLog requests = new RequestLog();
  private final String scheme;
  private volatile HttpAccess access;

  private GitHttpServer(Builder builder) throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    access = builder.access;
    scheme = builder.certificate.isPresent() ? "https" : "http";
    if (builder.certificate.isPresent()) {
      HttpsServer https = HttpsServer.create(anyPort, 0);
      https.setHttpsConfigurator(new HttpsConfigurator(builder.certificate.get().serverContext()));
      http = https;
    } else {
      http = HttpServer.create(anyPort, 0);
    }
    http.setExecutor(executor);
    http.createContext("/", new GitHttpHandler(this, repositories, closed, builder.pushAllowed));
    http.start();
    proxy = FaultyProxy.to(http.getAddress());
  }

  /** Begin a server that serves plain HTTP to everybody and takes no pushes. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Serve a repository, in place of any other of that name.
   *
   * @param name the path without {@code .git}; slashes are allowed
   * @return the URL
   */
  public URI serve(String name, TestRepository repository) {
    repositories.put(requireNonNull(name, "name"), requireNonNull(repository, "repository"));
    return url(name);
  }

  /** Serve this repository no longer; requests get 404. */
  public void withdraw(String name) {
    repositories.remove(requireNonNull(name, "name"));
  }

  /** Give the URL of a name, served or not. */
  public URI url(String name) {
    return URI.create(scheme + "://127.0.0.1:" + port() + '/' + name + ".git");
  }

  /** Give the same place under another host name, {@code localhost}: a target of redirects. */
  public URI urlOnOtherHost(String name) {
    return URI.create(scheme + "://localhost:" + port() + '/' + name + ".git");
  }

  /** Give the port. */
  public int port() {
    return proxy.port();
  }

  /** Change whom the server lets in from now on: a password that expires. */
  public void access(HttpAccess newAccess) {
    access = requireNonNull(newAccess, "newAccess");
  }

  /** Give the schedule of faults in answers. */
  public FaultSchedule faults() {
    return faults;
  }

  /** Give the relay before this server: the place for faults of TCP. */
  public FaultyProxy tcp() {
    return proxy;
  }

  /** Give the record of requests. */
  public RequestLog requests() {
    return requests;
  }

  HttpAccess access() {
    return access;
  }

  /** Stop at once; open connections end. The repositories stay open. */
  @Override
  public void close() {
    closed.countDown();
    proxy.close();
    http.stop(0);
    executor.shutdownNow();
  }

  /** Describes a server. Confined to one thread. */
  public static final class Builder {
    private HttpAccess access = new HttpAccess.Anonymous();
    private Optional<TestCertificate> certificate = Optional.empty();
    private boolean pushAllowed;

    private Builder() {}

    /** Set whom to let in; by default everybody. */
    public Builder access(HttpAccess allowed) {
      access = requireNonNull(allowed, "allowed");
      return this;
    }

    /** Serve HTTPS with this certificate; by default plain HTTP. */
    public Builder tls(TestCertificate serverCertificate) {
      certificate = Optional.of(requireNonNull(serverCertificate, "serverCertificate"));
      return this;
    }

    /** Take pushes; by default they get 403. */
    public Builder allowPush() {
      pushAllowed = true;
      return this;
    }

    /** Start the server. */
    public GitHttpServer start() {
      try {
        return new GitHttpServer(this);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
