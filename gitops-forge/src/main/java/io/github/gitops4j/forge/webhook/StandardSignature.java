package io.github.gitops4j.forge.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The signatures of Standard Webhooks: id, time and body are signed, and several signatures may be
 * given, one for each key of the sender.
 */
final class StandardSignature implements Proof {
  static final String ID = "webhook-id";
  static final String TIMESTAMP = "webhook-timestamp";
  static final String SIGNATURE = "webhook-signature";

  private static final int MOST_SIGNATURES = 16;
  private static final int MOST_DIGITS = 12;

  private final List<StandardKey> keys;
  private final Duration tolerance;

  private StandardSignature(List<StandardKey> keys, Duration tolerance) {
    this.keys = keys;
    this.tolerance = tolerance;
  }

  /**
   * Creates what verifies by some keys.
   *
   * @throws IllegalArgumentException if a secret is none
   */
  static StandardSignature of(List<WebhookSecret> secrets, Duration tolerance) {
    return new StandardSignature(secrets.stream().map(StandardKey::of).toList(), tolerance);
  }

  @Override
  public Optional<String> objection(Headers headers, Body body, Instant now) {
    String id = headers.value(ID);
    String timestamp = headers.value(TIMESTAMP);
    String signature = headers.value(SIGNATURE);
    if (id.isEmpty() || timestamp.isEmpty() || signature.isEmpty()) {
      return Optional.of(
          "not verified: expected one each of webhook-id, webhook-timestamp, webhook-signature");
    }
    byte[] head = (id + "." + timestamp + ".").getBytes(UTF_8);
    List<StandardKey.Given> given = given(signature);
    if (given.isEmpty() || keys.stream().noneMatch(key -> key.isIn(given, head, body.raw()))) {
      return Optional.of("not verified: webhook-signature is that of no key");
    }
    return isNear(timestamp, now)
        ? Optional.empty()
        : Optional.of("not verified: the delivery is too old, or from the future");
  }

  /** Takes the header apart; more signatures than somebody may have keys are left out. */
  private static List<StandardKey.Given> given(String header) {
    List<StandardKey.Given> found = new ArrayList<>();
    for (String each : header.split(" +", MOST_SIGNATURES + 1)) {
      int comma = each.indexOf(',');
      if (comma > 0 && found.size() < MOST_SIGNATURES) {
        found.add(new StandardKey.Given(each.substring(0, comma), each.substring(comma + 1)));
      }
    }
    return found;
  }

  private boolean isNear(String timestamp, Instant now) {
    boolean isTime =
        timestamp.length() <= MOST_DIGITS && timestamp.chars().allMatch(c -> c >= '0' && c <= '9');
    return isTime
        && Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now)
                .abs()
                .compareTo(tolerance)
            <= 0;
  }
}
