package io.github.gitops4j.forge.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The user and the password of the delivery are the secret, as {@code user:password}. */
final class BasicPassword implements Proof {
  private static final Pattern BASIC = Pattern.compile("(?i:basic) +([A-Za-z0-9+/=]+)");

  private final List<WebhookSecret> secrets;

  private BasicPassword(List<WebhookSecret> secrets) {
    this.secrets = secrets;
  }

  static BasicPassword of(List<WebhookSecret> secrets) {
    for (WebhookSecret secret : secrets) {
      int colon = secret.text().indexOf(':');
      if (colon < 0 || colon == secret.text().length() - 1) {
        throw new IllegalArgumentException(
            "user:password is expected, with a password, and this secret is not so");
      }
    }
    return new BasicPassword(secrets);
  }

  @Override
  public Optional<String> objection(Headers headers, Body body, Instant now) {
    byte[] given = given(headers.value("Authorization"));
    boolean found = false;
    for (WebhookSecret secret : secrets) {
      found |= HmacSha256.isEqual(given, secret.text().getBytes(UTF_8));
    }
    return found ? Optional.empty() : Optional.of("not verified: user and password are no secret");
  }

  private static byte[] given(String header) {
    Matcher basic = BASIC.matcher(header);
    try {
      return basic.matches() ? Base64.getDecoder().decode(basic.group(1)) : new byte[0];
    } catch (IllegalArgumentException e) {
      // What is malformed is no secret.
      return new byte[0];
    }
  }
}
