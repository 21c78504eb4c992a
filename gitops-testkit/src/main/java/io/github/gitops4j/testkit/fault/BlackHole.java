package io.github.gitops4j.testkit.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * An address of this machine that answers no connection: neither taken nor refused, as behind a
 * firewall that drops what it does not like, or an IPv6 route that leads nowhere.
 *
 * <pre>{@code
 * try (BlackHole away = BlackHole.open()) {
 *   URI api = URI.create("http://127.0.0.1:" + away.port() + "/api/v1");
 * }
 * }</pre>
 *
 * <p>It is a server that accepts nothing and whose queue of waiting connections is full, so it
 * works where the system then drops what comes, as Linux does.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class BlackHole implements AutoCloseable {
  /** More than any system makes of a queue of one. */
  private static final int MOST = 64;

  private static final int PATIENCE_MILLIS = 200;

  private final ServerSocket server;
  private final List<Socket> waiting;

  private BlackHole(ServerSocket server, List<Socket> waiting) {
    this.server = server;
    this.waiting = List.copyOf(waiting);
  }

  /**
   * Opens one on the loopback address.
   *
   * @throws IllegalStateException if the system refuses what it has no room for
   */
  public static BlackHole open() {
    List<Socket> waiting = new ArrayList<>();
    try {
      ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      BlackHole hole = new BlackHole(server, List.of());
      while (waiting.size() < MOST) {
        Socket socket = new Socket();
        waiting.add(socket);
        if (!hole.takes(socket)) {
          return new BlackHole(server, waiting);
        }
      }
      throw new IllegalStateException("connections are taken that nobody accepts");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean takes(Socket socket) throws IOException {
    try {
      socket.connect(server.getLocalSocketAddress(), PATIENCE_MILLIS);
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  /** Returns the port on {@code 127.0.0.1}. */
  public int port() {
    return server.getLocalPort();
  }

  /** Lets go of the address; who still tries to connect is refused. */
  @Override
  public void close() {
    try {
      for (Socket socket : waiting) {
        socket.close();
      }
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
