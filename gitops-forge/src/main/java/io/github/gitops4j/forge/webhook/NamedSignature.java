package io.github.gitops4j.forge.webhook;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A header names an algorithm and holds the HMAC of the body: {@code sha256=...}. */
final class NamedSignature implements Proof {
  private static final String HEADER = "X-Signature";

  private static final Map<String, String> ALGORITHMS =
      Map.of("sha256", HmacSha256.NAME, "sha384", "HmacSHA384", "sha512", "HmacSHA512");

  private final List<WebhookSecret> secrets;

  NamedSignature(List<WebhookSecret> secrets) {
    this.secrets = secrets;
  }

  @Override
  public Optional<String> objection(Headers headers, Body body, Instant now) {
    String given = headers.value(HEADER).toLowerCase(Locale.ROOT);
    int equals = given.indexOf('=');
    String name = equals < 0 ? "" : given.substring(0, equals);
    String algorithm = ALGORITHMS.get(name);
    if (algorithm == null) {
      return Optional.of(
          "not verified: expected one X-Signature with sha256=, sha384= or sha512=; less proves"
              + " nothing");
    }
    byte[] code = HexSignature.code(given.substring(equals + 1));
    for (WebhookSecret secret : secrets) {
      if (MessageDigest.isEqual(HmacSha256.of(algorithm, secret.bytes(), body.raw()), code)) {
        return Optional.empty();
      }
    }
    return Optional.of("not verified: X-Signature is that of no secret");
  }
}
