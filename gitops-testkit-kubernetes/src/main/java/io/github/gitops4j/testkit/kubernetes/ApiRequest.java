package io.github.gitops4j.testkit.kubernetes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A request as it came over the wire. Immutable. */
final class ApiRequest {
  private final ApiCall call;
  private final String target;
  private final List<Map.Entry<String, String>> headers;
  private final byte[] body;

  private ApiRequest(
      ApiCall call, String target, List<Map.Entry<String, String>> headers, byte[] body) {
    this.call = call;
    this.target = target;
    this.headers = List.copyOf(headers);
    this.body = body;
  }

  ApiCall call() {
    return call;
  }

  /** Give path and query as they were sent. */
  String target() {
    return target;
  }

  /** Give names in lower case and values, in order. */
  List<Map.Entry<String, String>> headers() {
    return headers;
  }

  byte[] body() {
    return body;
  }

  /** Read a request; none if the client closed the connection between two. */
  static Optional<ApiRequest> read(InputStream in) throws IOException {
    String first = line(in);
    if (first.isEmpty()) {
      return Optional.empty();
    }
    String[] parts = first.split(" ", -1);
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.add(
          Map.entry(
              line.substring(0, colon).toLowerCase(Locale.ROOT),
              line.substring(colon + 1).strip()));
    }
    byte[] body = body(in, headers);
    String type = header(headers, "content-type").orElse("");
    return Optional.of(
        new ApiRequest(ApiCall.parse(parts[0], parts[1], type), parts[1], headers, body));
  }

  private static Optional<String> header(List<Map.Entry<String, String>> headers, String name) {
    return headers.stream()
        .filter(h -> h.getKey().equals(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static byte[] body(InputStream in, List<Map.Entry<String, String>> headers)
      throws IOException {
    if (header(headers, "transfer-encoding").orElse("").equalsIgnoreCase("chunked")) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
        body.write(exactly(in, size));
        line(in);
      }
      line(in);
      return body.toByteArray();
    }
    return exactly(in, Integer.parseInt(header(headers, "content-length").orElse("0")));
  }

  private static int chunkSize(InputStream in) throws IOException {
    return Integer.parseInt(line(in).replaceAll(";.*", "").strip(), 16);
  }

  private static byte[] exactly(InputStream in, int size) throws IOException {
    byte[] bytes = in.readNBytes(size);
    if (bytes.length < size) {
      throw new EOFException("the client ended in the middle of a body");
    }
    return bytes;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.write(next);
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }
}
