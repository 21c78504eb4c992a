package io.github.gitops4j.testkit.kubernetes;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One connection of a client to the proxy: its requests, one after the other. */
final class ApiConnection {
  private final Socket socket;
  private final ServerCertificate certificate;
  private final Function<ApiRequest, ApiExchange> exchanges;
  private volatile @Nullable ApiExchange current;

  ApiConnection(
      Socket socket, ServerCertificate certificate, Function<ApiRequest, ApiExchange> exchanges) {
    this.socket = socket;
    this.certificate = certificate;
    this.exchanges = exchanges;
  }

  void run() {
    try {
      socket.setTcpNoDelay(true);
      SSLSocket secure =
          (SSLSocket)
              certificate.serverContext().getSocketFactory().createSocket(socket, null, true);
      secure.setUseClientMode(false);
      InputStream in = new BufferedInputStream(secure.getInputStream());
      OutputStream out = secure.getOutputStream();
      Optional<ApiRequest> head = ApiRequest.read(in);
      while (head.isPresent()) {
        ApiExchange exchange = exchanges.apply(head.get());
        current = exchange;
        switch (exchange.run(out)) {
          case KEEP -> head = ApiRequest.read(in);
          case CLOSE -> {
            secure.close();
            head = Optional.empty();
          }
          case RESET -> {
            reset();
            head = Optional.empty();
          }
        }
      }
      secure.close();
    } catch (IOException | UncheckedIOException e) {
      // The client went, or the API server did: a reset is what the client sees of it.
      reset();
    }
  }

  /** Reset the connection, and end the answer that is under way. */
  void reset() {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // Closed already: there is nobody left to reset.
    }
    try {
      socket.close();
    } catch (IOException e) {
      // The descriptor is gone either way.
    }
    ApiExchange running = current;
    if (running != null) {
      running.abort();
    }
  }
}
