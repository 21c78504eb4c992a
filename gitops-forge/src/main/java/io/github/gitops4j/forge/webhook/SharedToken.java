package io.github.gitops4j.forge.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A header holds the secret itself. */
final class SharedToken implements Proof {
  private final String header;
  private final List<WebhookSecret> secrets;

  SharedToken(String header, List<WebhookSecret> secrets) {
    this.header = header;
    this.secrets = secrets;
  }

  @Override
  public Optional<String> objection(Headers headers, Body body, Instant now) {
    byte[] given = headers.value(header).getBytes(UTF_8);
    boolean found = false;
    for (WebhookSecret secret : secrets) {
      found |= HmacSha256.isEqual(given, secret.bytes());
    }
    return found ? Optional.empty() : Optional.of("not verified: " + header + " is no secret");
  }
}
