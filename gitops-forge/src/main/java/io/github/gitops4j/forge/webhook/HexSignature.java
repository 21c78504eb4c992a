package io.github.gitops4j.forge.webhook;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A header holds the HMAC-SHA256 of the body in hexadecimal digits, behind a prefix. */
final class HexSignature implements Proof {
  private final String header;
  private final String prefix;
  private final List<WebhookSecret> secrets;
  private final Signed signed;

  private HexSignature(String header, String prefix, List<WebhookSecret> secrets, Signed signed) {
    this.header = header;
    this.prefix = prefix;
    this.secrets = secrets;
    this.signed = signed;
  }

  /** Which bytes of a body are signed. */
  @FunctionalInterface
  private interface Signed {
    byte[] of(Body body) throws PayloadException;
  }

  /** The body is signed as it comes. */
  static HexSignature ofRaw(String header, String prefix, List<WebhookSecret> secrets) {
    return new HexSignature(header, prefix, secrets, Body::raw);
  }

  /** The JSON is signed, also where it comes in a form. */
  static HexSignature ofJson(String header, List<WebhookSecret> secrets) {
    return new HexSignature(header, "", secrets, Body::json);
  }

  @Override
  public Optional<String> objection(Headers headers, Body body, Instant now)
      throws PayloadException {
    String given = headers.value(header).toLowerCase(Locale.ROOT);
    if (given.startsWith("sha1=") || (given.isEmpty() && headers.has("X-Hub-Signature"))) {
      return Optional.of("not verified: a SHA-1 signature alone proves nothing");
    } else if (given.isEmpty()) {
      return Optional.of("not verified: expected one " + header);
    }
    byte[] code = given.startsWith(prefix) ? code(given.substring(prefix.length())) : new byte[0];
    byte[] bytes = signed.of(body);
    for (WebhookSecret secret : secrets) {
      if (MessageDigest.isEqual(HmacSha256.of(secret.bytes(), bytes), code)) {
        return Optional.empty();
      }
    }
    return Optional.of("not verified: " + header + " is that of no secret");
  }

  /** Returns the code of some digits; one that none is equal to if they are malformed. */
  static byte[] code(String digits) {
    boolean isCode =
        digits.length() % 2 == 0 && digits.chars().allMatch(c -> HexFormat.isHexDigit(c));
    return isCode ? HexFormat.of().parseHex(digits) : new byte[0];
  }
}
