package io.github.gitops4j.forge.webhook;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * What to answer to a delivery.
 *
 * <p>Immutable.
 *
 * @param status the HTTP status
 * @param headers to be sent, all of them
 * @param text the body, in UTF-8
 * @since 0.1.0
 */
public record WebhookResponse(int status, Map<String, String> headers, String text) {
  /** Checks the parts. */
  public WebhookResponse {
    headers = Map.copyOf(headers);
    requireNonNull(text, "text");
  }

  static WebhookResponse of(int status, String text) {
    Map<String, String> headers =
        status == 503
            ? Map.of("Content-Type", "text/plain; charset=utf-8", "Retry-After", "30")
            : Map.of("Content-Type", "text/plain; charset=utf-8");
    return new WebhookResponse(status, headers, text + "\n");
  }
}
