package io.github.gitops4j.forge.webhook;

import static io.github.gitops4j.forge.webhook.Sent.SECRET;
import static io.github.gitops4j.forge.webhook.Sent.github;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.gitops4j.control.Trigger;
import io.github.gitops4j.testkit.ManualClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A webhook behind the server of the JDK, called by what obeys no rules. */
class WebhookHandlerTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final ManualClock clock = ManualClock.create();
  private final WebhookTrigger trigger = WebhookTrigger.create();
  private final WebhookEndpoint.Builder endpoint =
      WebhookEndpoint.builder(
              Sent.webhook(Provider.GITHUB, SECRET).maxBytes(1 << 20).build(), trigger)
          .ticker(clock)
          .mostAtOnce(2);
  private final ExecutorService executor = Executors.newFixedThreadPool(3);
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    trigger.start(new Nobody());
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/hook", WebhookHandler.of(endpoint.build(), clock));
    server.setExecutor(executor);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    executor.shutdownNow();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getAddress().getPort());
    socket.setSoTimeout((int) LIMIT.toMillis());
    return socket;
  }

  private static String head(Sent sent, String... more) {
    StringBuilder head = new StringBuilder("POST /hook HTTP/1.1\r\nHost: localhost\r\n");
    sent.headers().forEach((name, all) -> head.append(name + ": " + all.get(0) + "\r\n"));
    for (String line : more) {
      head.append(line).append("\r\n");
    }
    return head.append("\r\n").toString();
  }

  private static String answer(Socket socket) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] some = new byte[1_000];
    try {
      int read = socket.getInputStream().read(some);
      while (read > 0) {
        all.write(some, 0, read);
        read = socket.getInputStream().read(some);
      }
    } catch (IOException e) {
      // A connection that is reset has ended too.
    }
    return all.toString(ISO_8859_1);
  }

  private String post(Sent sent) throws IOException {
    try (Socket socket = connect()) {
      OutputStream out = socket.getOutputStream();
      out.write(
          head(sent, "Connection: close", "Content-Length: " + sent.body().length)
              .getBytes(ISO_8859_1));
      out.write(sent.body());
      return answer(socket);
    }
  }

  @Test
  void aDeliveryIsAnswered() throws IOException {
    assertThat(post(github("ping", "{}"))).startsWith("HTTP/1.1 200").endsWith("pong\n");
    assertThat(post(github("ping", "{}").header("X-Hub-Signature-256", "sha256=0")))
        .startsWith("HTTP/1.1 401");
    assertThat(post(github("push", "[]"))).startsWith("HTTP/1.1 400");
  }

  @Test
  void onlyPostIsAnswered() throws IOException {
    for (String method : new String[] {"GET", "PUT", "HEAD"}) {
      try (Socket socket = connect()) {
        String head = method + " /hook HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(ISO_8859_1));
        assertThat(answer(socket)).startsWith("HTTP/1.1 405").contains("Allow: POST");
      }
    }
    try (Socket socket = connect()) {
      String head = "PUT /hook HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(ISO_8859_1));
      assertThat(answer(socket)).as("its body is not waited for").startsWith("HTTP/1.1 405");
    }
  }

  @Test
  void aBodyOfThirtyMegabytesIsRefused() throws IOException {
    assertThat(post(github("push", new byte[30_000_000]))).startsWith("HTTP/1.1 413");
    assertThat(post(github("ping", "{}"))).startsWith("HTTP/1.1 200");
  }

  @Test
  void aBodyWithoutEndIsLeft() throws Exception {
    try (Socket socket = connect()) {
      OutputStream out = socket.getOutputStream();
      out.write(head(github("push", "{"), "Transfer-Encoding: chunked").getBytes(ISO_8859_1));
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(
              () -> {
                byte[] chunk = ("10000\r\n" + "a".repeat(0x10000) + "\r\n").getBytes(ISO_8859_1);
                try {
                  while (true) {
                    out.write(chunk);
                  }
                } catch (IOException e) {
                  // The other side has closed.
                }
              });
      assertThat(answer(socket)).matches("(?s)(HTTP/1.1 413.*)?");
      writer.get(LIMIT.toSeconds(), SECONDS);
    }
    assertThat(post(github("ping", "{}"))).startsWith("HTTP/1.1 200");
  }

  @Test
  void whoeverSendsTooSlowlyIsLeftAndTheThreadIsFree() throws IOException {
    Sent sent = github("push", "{\"ref\": \"refs/heads/main\"}");
    try (Socket one = connect();
        Socket other = connect()) {
      for (Socket socket : new Socket[] {one, other}) {
        String head = head(sent, "Content-Length: 30");
        socket.getOutputStream().write((head + "{\"ref").getBytes(ISO_8859_1));
      }
      Awaitility.await().atMost(LIMIT).until(() -> clock.pending() == 2);
      assertThat(post(github("ping", "{}"))).as("no room").contains("503").contains("Retry-after");

      clock.advance(Duration.ofSeconds(10));

      assertThat(answer(one)).startsWith("HTTP/1.1 408");
      assertThat(answer(other)).startsWith("HTTP/1.1 408");
    }
    Awaitility.await()
        .atMost(LIMIT)
        .until(() -> post(github("ping", "{}")).startsWith("HTTP/1.1 200"));
    assertThat(clock.pending()).isZero();
  }

  @Test
  void aConnectionThatBreaksOffHarmsNobody() throws IOException {
    try (Socket socket = connect()) {
      socket
          .getOutputStream()
          .write((head(github("push", "{}"), "Content-Length: 30") + "{").getBytes(ISO_8859_1));
    }
    assertThat(post(github("ping", "{}"))).startsWith("HTTP/1.1 200");
  }

  /** Has no applications. */
  private static final class Nobody implements Trigger.Sink {
    @Override
    public int remotesMoved(Predicate<String> mayHaveMoved) {
      return 0;
    }

    @Override
    public boolean applicationMoved(String application) {
      return false;
    }
  }
}
