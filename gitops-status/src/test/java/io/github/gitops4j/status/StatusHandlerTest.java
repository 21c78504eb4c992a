package io.github.gitops4j.status;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page behind the server of the JDK. */
class StatusHandlerTest {
  private final Services services = new Services();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/gitops", StatusHandler.of(StatusPage.of(services.controller)));
    server.start();
    services.put("shop");
  }

  @AfterEach
  void stop() {
    server.stop(0);
    services.close();
  }

  /** Sends lines as they are, as no client would let us choose the host. */
  private String send(String... lines) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), server.getAddress().getPort())) {
      socket.setSoTimeout(30_000);
      String request = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  @Test
  void thePageIsBelowTheContext() throws IOException {
    assertThat(send("GET /gitops/ HTTP/1.1", "Host: localhost"))
        .startsWith("HTTP/1.1 200")
        .contains("<!doctype html>", "Content-security-policy: default-src 'none'");
    assertThat(send("GET /gitops HTTP/1.1", "Host: localhost")).contains("<!doctype html>");
    assertThat(send("GET /gitops/api/applications?limit=1 HTTP/1.1", "Host: 127.0.0.1:80"))
        .contains("\"name\":\"shop\"");
    assertThat(send("HEAD /gitops/ HTTP/1.1", "Host: [::1]:8080"))
        .startsWith("HTTP/1.1 200")
        .doesNotContain("<!doctype");
  }

  @Test
  void aForeignNameThatLeadsHereLearnsNothing() throws IOException {
    for (String host :
        List.of("evil.example.com", "localhost.evil.example.com", "", "127.0.0.1.x")) {
      assertThat(send("GET /gitops/api/applications HTTP/1.1", "Host: " + host))
          .as(host)
          .startsWith("HTTP/1.1 421")
          .doesNotContain("shop");
    }
  }

  @Test
  void nothingCanBeChanged() throws IOException {
    assertThat(
            send(
                "POST /gitops/api/applications/shop HTTP/1.1",
                "Host: localhost",
                "Content-Length: 0"))
        .startsWith("HTTP/1.1 405")
        .contains("Allow: GET, HEAD");
  }
}
