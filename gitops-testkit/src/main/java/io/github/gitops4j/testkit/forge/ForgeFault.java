package io.github.gitops4j.testkit.forge;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Map;

/**
 * What a {@link FakeForge} does instead of answering.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public sealed interface ForgeFault
    permits ForgeFault.Status, ForgeFault.Silent, ForgeFault.Hangup, ForgeFault.Endless {

  /**
   * Answers with a status.
   *
   * @param code the status
   * @param headers headers beside it
   * @param body the body
   */
  record Status(int code, Map<String, String> headers, String body) implements ForgeFault {
    /** Copies the map. */
    public Status {
      headers = Map.copyOf(headers);
      requireNonNull(body, "body");
    }
  }

  /** Does not answer until the server is closed. */
  record Silent() implements ForgeFault {}

  /** Ends the connection without an answer. */
  record Hangup() implements ForgeFault {}

  /**
   * Answers with 200 and a body of so many bytes that is no JSON.
   *
   * @param bytes how many
   */
  record Endless(long bytes) implements ForgeFault {}

  /** Answers with a status and a message, as hosts do. */
  static ForgeFault status(int code, String message) {
    return new Status(code, Map.of(), "{\"message\":\"" + message + "\"}");
  }

  /** Leads elsewhere. */
  static ForgeFault redirect(URI target) {
    return new Status(307, Map.of("Location", target.toString()), "");
  }
}
