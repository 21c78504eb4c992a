package io.github.gitops4j.testkit.git;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A TCP relay on the loopback interface that fails on order: for any server, not only for Git.
 *
 * <p>Faults belong to a connection from the moment it is accepted. Orders for the next connections
 * are used up one per connection, in order; then the standing order counts, which is none at first.
 * Threads are daemons and end with {@link #close()}. Thread-safe.
 *
 * @since 0.1.0
 */
public final class FaultyProxy implements AutoCloseable {
  private final InetSocketAddress target;
  private final ServerSocket listener;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<Integer, ProxyConnection> connections = new ConcurrentHashMap<>();
  private final AtomicLong accepted = new AtomicLong();
  private final ProxyTraffic traffic = new ProxyTraffic();
  private final Object lock = new Object();
  private final Deque<List<TcpFault>> next = new ArrayDeque<>();
  private List<TcpFault> standing = List.of();

  private FaultyProxy(InetSocketAddress target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  /**
   * Start a relay to a server.
   *
   * @param target where each accepted connection leads
   * @return the running relay
   */
  public static FaultyProxy to(InetSocketAddress target) {
    requireNonNull(target, "target");
    try {
      FaultyProxy proxy = new FaultyProxy(target);
      Daemon.start("faulty-proxy-" + proxy.port(), proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Give the port on the loopback interface. */
  public int port() {
    return listener.getLocalPort();
  }

  /**
   * Order faults for the next connection that has no order yet; none means a sound connection.
   *
   * @return this
   */
  public FaultyProxy next(TcpFault... faults) {
    List<TcpFault> order = List.of(faults);
    synchronized (lock) {
      next.add(order);
    }
    return this;
  }

  /**
   * Order faults for all connections that have no order of their own, in place of those before.
   *
   * @return this
   */
  public FaultyProxy always(TcpFault... faults) {
    List<TcpFault> order = List.of(faults);
    synchronized (lock) {
      standing = order;
    }
    return this;
  }

  /**
   * Drop all orders; connections that are open keep their faults.
   *
   * @return this
   */
  public FaultyProxy clear() {
    synchronized (lock) {
      next.clear();
      standing = List.of();
    }
    return this;
  }

  /** Reset (RST) all connections that are open. */
  public void resetAll() {
    connections.values().forEach(ProxyConnection::reset);
  }

  /** Count the connections accepted so far. */
  public long connectionCount() {
    return accepted.get();
  }

  /** Count the bytes passed so far in one direction, over all connections. */
  public long bytesPassed(TcpFault.Direction direction) {
    return traffic.passed(requireNonNull(direction, "direction"));
  }

  /** Stop listening and close all connections. */
  @Override
  public void close() {
    closed.countDown();
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      connections.values().forEach(ProxyConnection::close);
    }
  }

  /** Find a connection by the port from which it reaches the server. */
  Optional<ProxyConnection> connectionFrom(int localPort) {
    return Optional.ofNullable(connections.get(localPort));
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        connect(listener.accept());
      } catch (IOException e) {
        // Closed, or the server is gone: a relay has nobody to tell but the client, who sees it.
      }
    }
  }

  private void connect(Socket client) throws IOException {
    accepted.incrementAndGet();
    List<TcpFault> faults = takeOrder();
    Socket server = new Socket();
    try {
      server.connect(target);
    } catch (IOException e) {
      client.close();
      throw e;
    }
    int key = server.getLocalPort();
    ProxyConnection connection =
        new ProxyConnection(client, server, closed, () -> connections.remove(key));
    connections.put(key, connection);
    if (listener.isClosed()) {
      connection.close();
      return;
    }
    connection.start(faults, traffic);
  }

  private List<TcpFault> takeOrder() {
    synchronized (lock) {
      List<TcpFault> order = next.poll();
      return order == null ? standing : order;
    }
  }
}
