package io.github.gitops4j.testkit.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** An answer to a client, in chunks. */
final class ChunkedAnswer {
  private final OutputStream client;

  ChunkedAnswer(OutputStream client) {
    this.client = client;
  }

  void head(int status, List<Map.Entry<String, String>> headers) throws IOException {
    StringBuilder text = new StringBuilder("HTTP/1.1 " + status + " -\r\n");
    headers.forEach(h -> text.append(h.getKey()).append(": ").append(h.getValue()).append("\r\n"));
    text.append("transfer-encoding: chunked\r\n\r\n");
    client.write(text.toString().getBytes(UTF_8));
    client.flush();
  }

  void chunk(byte[] bytes) throws IOException {
    if (bytes.length > 0) {
      write(bytes);
    }
  }

  void end() throws IOException {
    write(new byte[0]);
  }

  /** A chunk of no bytes ends the body. */
  private void write(byte[] bytes) throws IOException {
    OutputStream buffered = new BufferedOutputStream(client, bytes.length + 16);
    buffered.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(UTF_8));
    buffered.write(bytes);
    buffered.write("\r\n".getBytes(UTF_8));
    buffered.flush();
  }
}
