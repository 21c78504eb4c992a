package io.github.gitops4j.testkit.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One request and what becomes of it. */
final class ApiExchange {
  private static final Set<String> OWN =
      Set.of(":status", "connection", "content-length", "transfer-encoding");

  private final ApiRequest head;
  private final Optional<ApiFault> fault;
  private final ApiUpstream upstream;
  private final CountDownLatch proxyClosed;
  private volatile @Nullable InputStream answer;

  ApiExchange(
      ApiRequest head, Optional<ApiFault> fault, ApiUpstream upstream, CountDownLatch proxyClosed) {
    this.head = head;
    this.fault = fault;
    this.upstream = upstream;
    this.proxyClosed = proxyClosed;
  }

  /** What becomes of the connection. */
  enum Connection {
    KEEP,
    CLOSE,
    RESET
  }

  Connection run(OutputStream client) throws IOException {
    ApiFault order = fault.orElse(null);
    ChunkedAnswer toClient = new ChunkedAnswer(client);
    if (order instanceof ApiFault.LostRequest) {
      return Connection.RESET;
    }
    if (order instanceof ApiFault.Answer given) {
      toClient.head(given.status(), refusalHeaders(given));
      toClient.chunk(status(given.status(), given.reason()).getBytes(UTF_8));
      toClient.end();
      return Connection.KEEP;
    }
    if (order instanceof ApiFault.Delay delay) {
      pause(delay.time());
    }
    if (order instanceof ApiFault.Before before) {
      before.action().run();
    }
    HttpResponse<InputStream> response = upstream.send(head);
    try (InputStream body = response.body()) {
      answer = body;
      if (order instanceof ApiFault.After after) {
        after.action().run();
      }
      return relay(toClient, response, body, order);
    } finally {
      answer = null;
    }
  }

  /** End the answer of the API server, if one is under way. */
  void abort() {
    InputStream running = answer;
    if (running != null) {
      try {
        running.close();
      } catch (IOException e) {
        // It is not read any more in any case.
      }
    }
  }

  private Connection relay(
      ChunkedAnswer client,
      HttpResponse<InputStream> response,
      InputStream body,
      @Nullable ApiFault order)
      throws IOException {
    if (order instanceof ApiFault.BrokenAnswer broken) {
      byte[] part = body.readNBytes(broken.after());
      if (broken.after() > 0) {
        client.head(response.statusCode(), relayed(response));
        client.chunk(part);
      }
      return broken.end() == ApiFault.End.RESET ? Connection.RESET : Connection.CLOSE;
    }
    client.head(response.statusCode(), relayed(response));
    if (response.statusCode() == 200) {
      WatchRelay watch = new WatchRelay(body, client);
      if (order instanceof ApiFault.StoppedWatch stopped) {
        return watch.stopped(stopped.after(), stopped.end());
      }
      if (order instanceof ApiFault.OddEvents odd) {
        return watch.odd(odd.how());
      }
      if (order instanceof ApiFault.LateEvents late) {
        return watch.late(late.by(), this::pause);
      }
    }
    byte[] buffer = new byte[16384];
    for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
      client.chunk(Arrays.copyOf(buffer, read));
    }
    client.end();
    return Connection.KEEP;
  }

  private void pause(Duration time) {
    try {
      proxyClosed.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static String status(int code, String reason) {
    return "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
        + "\"message\":\"said by the test\",\"reason\":\""
        + reason
        + "\",\"code\":"
        + code
        + "}";
  }

  private static List<Map.Entry<String, String>> refusalHeaders(ApiFault.Answer given) {
    Map.Entry<String, String> type = Map.entry("content-type", "application/json");
    return given
        .retryAfter()
        .map(after -> List.of(type, Map.entry("retry-after", Long.toString(after.toSeconds()))))
        .orElse(List.of(type));
  }

  private static List<Map.Entry<String, String>> relayed(HttpResponse<?> response) {
    return response.headers().map().entrySet().stream()
        .filter(header -> !OWN.contains(header.getKey()))
        .flatMap(header -> header.getValue().stream().map(v -> Map.entry(header.getKey(), v)))
        .toList();
  }
}
