package io.github.gitops4j.testkit.git;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** One relayed connection: two sockets and a pump for each direction. */
final class ProxyConnection {
  private final Socket client;
  private final Socket server;
  private final CountDownLatch proxyClosed;
  private final Runnable onClose;
  private final AtomicInteger openDirections = new AtomicInteger(2);
  private volatile boolean resetAtEnd;

  ProxyConnection(Socket client, Socket server, CountDownLatch proxyClosed, Runnable onClose)
      throws IOException {
    this.client = client;
    this.server = server;
    this.proxyClosed = proxyClosed;
    this.onClose = onClose;
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
  }

  void start(List<TcpFault> faults, ProxyTraffic traffic) {
    for (TcpFault.Direction direction : TcpFault.Direction.values()) {
      List<TcpFault> own = faults.stream().filter(f -> f.direction() == direction).toList();
      ProxyPump pump = new ProxyPump(this, direction, own, traffic);
      Daemon.start("faulty-proxy-" + direction, pump);
    }
  }

  Socket source(TcpFault.Direction direction) {
    return direction == TcpFault.Direction.TO_SERVER ? client : server;
  }

  Socket sink(TcpFault.Direction direction) {
    return direction == TcpFault.Direction.TO_SERVER ? server : client;
  }

  CountDownLatch proxyClosed() {
    return proxyClosed;
  }

  /** Turn the server's next end of stream into a reset of the client. */
  void resetAtEnd() {
    resetAtEnd = true;
  }

  void ended(TcpFault.Direction direction) {
    if (resetAtEnd && direction == TcpFault.Direction.TO_CLIENT) {
      reset();
      return;
    }
    try {
      sink(direction).shutdownOutput();
    } catch (IOException e) {
      close();
      return;
    }
    if (openDirections.decrementAndGet() == 0) {
      close();
    }
  }

  void broken() {
    if (resetAtEnd) {
      reset();
    } else {
      close();
    }
  }

  void reset() {
    for (Socket socket : List.of(client, server)) {
      try {
        socket.setSoLinger(true, 0);
      } catch (IOException e) {
        // Closed already: there is nobody left to reset.
      }
    }
    close();
  }

  void close() {
    onClose.run();
    for (Socket socket : List.of(client, server)) {
      try {
        socket.close();
      } catch (IOException e) {
        // The descriptor is gone either way.
      }
    }
  }
}
