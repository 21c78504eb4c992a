package io.github.gitops4j.testkit.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.gitops4j.testkit.kubernetes.ApiExchange.Connection;
import io.github.gitops4j.testkit.kubernetes.ApiFault.Oddity;
import io.github.gitops4j.testkit.kubernetes.ApiFault.WatchEnd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** The events of a watch, one a line, on their way to the client. */
final class WatchRelay {
  private final InputStream events;
  private final ChunkedAnswer answer;

  WatchRelay(InputStream events, ChunkedAnswer answer) {
    this.events = events;
    this.answer = answer;
  }

  Connection stopped(int after, WatchEnd end) throws IOException {
    for (int passed = 0; passed < after; passed++) {
      answer.chunk(next());
    }
    if (end == WatchEnd.RESET) {
      return Connection.RESET;
    }
    if (end == WatchEnd.GONE) {
      String status = ApiExchange.status(410, "Expired");
      answer.chunk(("{\"type\":\"ERROR\",\"object\":" + status + "}\n").getBytes(UTF_8));
    }
    answer.end();
    return Connection.KEEP;
  }

  Connection odd(Oddity how) throws IOException {
    for (byte[] event = next(); event.length > 0; event = next()) {
      byte[] other = how == Oddity.DOUBLED ? event : next();
      answer.chunk(other);
      answer.chunk(event);
    }
    answer.end();
    return Connection.KEEP;
  }

  Connection late(Duration by, Pause pause) throws IOException {
    for (byte[] event = next(); event.length > 0; event = next()) {
      pause.of(by);
      answer.chunk(event);
    }
    answer.end();
    return Connection.KEEP;
  }

  /** How to let time go by. */
  interface Pause {
    void of(Duration time);
  }

  /** Read an event; nothing at the end. */
  private byte[] next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = events.read(); next >= 0; next = events.read()) {
      line.write(next);
      if (next == '\n') {
        break;
      }
    }
    return line.toByteArray();
  }
}
