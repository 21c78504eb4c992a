package io.github.gitops4j.forge.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * What a Git host and the receiver of its webhooks both know: a secret, a token, a signing token
 * ({@code whsec_...}) or {@code user:password}, as the provider has it.
 *
 * <p>It is never printed.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class WebhookSecret {
  private final String text;

  private WebhookSecret(String text) {
    this.text = text;
  }

  /**
   * Creates a secret.
   *
   * @throws IllegalArgumentException if it is empty or blank: whoever verifies with such a secret
   *     verifies nothing
   */
  public static WebhookSecret of(String text) {
    if (requireNonNull(text, "text").isBlank()) {
      throw new IllegalArgumentException("the secret of a webhook is empty");
    }
    return new WebhookSecret(text);
  }

  String text() {
    return text;
  }

  byte[] bytes() {
    return text.getBytes(UTF_8);
  }

  /** Returns nothing of the secret. */
  @Override
  public String toString() {
    return "WebhookSecret[masked]";
  }
}
