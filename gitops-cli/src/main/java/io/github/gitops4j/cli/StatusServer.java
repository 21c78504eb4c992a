package io.github.gitops4j.cli;

import com.sun.net.httpserver.HttpServer;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.status.StatusHandler;
import io.github.gitops4j.status.StatusPage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Serves the status page of a run, if it is asked to. */
final class StatusServer implements AutoCloseable {
  private static final Pattern ADDRESS =
      Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\[\\]]+):([0-9]{1,5})");

  private final @Nullable HttpServer server;

  private StatusServer(@Nullable HttpServer server) {
    this.server = server;
  }

  /**
   * Returns where to listen.
   *
   * @param listen host and port; empty if nothing is to be served
   * @param isOpen whether others than this machine may ask
   */
  static Optional<InetSocketAddress> address(Optional<String> listen, boolean isOpen) {
    return listen.map(text -> address(text, isOpen));
  }

  private static InetSocketAddress address(String text, boolean isOpen) {
    Matcher matcher = ADDRESS.matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 65_535) {
      throw wrong("expected an address such as 127.0.0.1:8080, not " + text);
    }
    InetSocketAddress address =
        new InetSocketAddress(matcher.group(1), Integer.parseInt(matcher.group(2)));
    if (address.isUnresolved()) {
      throw wrong("there is no host " + matcher.group(1));
    }
    if (!isOpen && !address.getAddress().isLoopbackAddress()) {
      throw wrong(text + " can be reached from elsewhere; allow that with --listen-open");
    }
    return address;
  }

  /**
   * Begins to serve, and says where; does nothing without an address.
   *
   * @param others mounts what else there is, and returns its paths
   */
  static StatusServer start(
      Optional<InetSocketAddress> address,
      StatusPage page,
      Function<HttpServer, List<String>> others,
      Executor executor,
      Console console) {
    if (address.isEmpty()) {
      return new StatusServer(null);
    }
    try {
      HttpServer server = HttpServer.create(address.get(), 0);
      server.createContext("/", StatusHandler.of(page));
      List<String> paths = others.apply(server);
      server.setExecutor(executor);
      server.start();
      String host = address.get().getHostString();
      int port = server.getAddress().getPort();
      console.err().println("gitops: the status page is at http://" + host + ":" + port + "/");
      paths.forEach(path -> console.err().println("gitops: webhooks are taken at " + path));
      return new StatusServer(server);
    } catch (IOException e) {
      throw wrong("cannot listen at " + address.get() + ": " + Failure.reasonOf(e));
    }
  }

  private static InvalidInputException wrong(String why) {
    return Problems.wrong("--listen", why);
  }

  @Override
  public void close() {
    if (server != null) {
      server.stop(0);
    }
  }
}
