package io.github.gitops4j.status;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer of a {@link StatusPage}.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class StatusResponse {
  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  StatusResponse(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    this.body = body.clone();
  }

  /** Returns the HTTP status code. */
  public int status() {
    return status;
  }

  /** Returns the headers, all of which are to be sent; the length is left to the server. */
  public Map<String, String> headers() {
    return headers;
  }

  /** Returns the body; nothing where none is to be sent. */
  public byte[] body() {
    return body.clone();
  }

  /** Returns the body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
