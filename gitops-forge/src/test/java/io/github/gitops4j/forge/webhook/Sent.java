package io.github.gitops4j.forge.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.gitops4j.testkit.ManualClock;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A delivery as a host sends it, in the making: signed by the JDK, and not by what is tested. */
final class Sent {
  static final String SECRET = "the secret of the tests";
  static final String KEY =
      "whsec_" + Base64.getEncoder().encodeToString("k".repeat(32).getBytes(UTF_8));
  static final String ZEROS = "0".repeat(40);
  static final String BEFORE = "a".repeat(40);
  static final String AFTER = "b".repeat(40);

  private final Map<String, List<String>> headers = new LinkedHashMap<>();
  private final byte[] body;

  private Sent(byte[] body) {
    this.body = body;
  }

  /** A delivery of GitHub, signed. */
  static Sent github(String event, String body) {
    return github(event, body.getBytes(UTF_8));
  }

  static Sent github(String event, byte[] body) {
    return new Sent(body)
        .header("Content-Type", "application/json")
        .header("X-GitHub-Event", event)
        .header("X-GitHub-Delivery", UUID.randomUUID().toString())
        .header("X-Hub-Signature-256", "sha256=" + hex(SECRET, body));
  }

  /** A delivery of GitLab with a token in clear. */
  static Sent gitlab(String event, String body) {
    return new Sent(body.getBytes(UTF_8))
        .header("Content-Type", "application/json")
        .header("X-Gitlab-Event", event)
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .header("X-Gitlab-Token", SECRET);
  }

  static Sent of(byte[] body) {
    return new Sent(body);
  }

  /** Signs as Standard Webhooks has it. */
  Sent standard(String key, String id, long time) {
    return header("webhook-id", id)
        .header("webhook-timestamp", Long.toString(time))
        .header("webhook-signature", "v1," + base64(key, id + "." + time + ".", body));
  }

  Sent header(String name, String value) {
    headers.put(name, List.of(value));
    return this;
  }

  Sent without(String name) {
    headers.remove(name);
    return this;
  }

  String value(String name) {
    return headers.getOrDefault(name, List.of("")).get(0);
  }

  Map<String, List<String>> headers() {
    return headers;
  }

  byte[] body() {
    return body;
  }

  Verdict to(Webhook webhook) {
    return webhook.judge(headers, body);
  }

  static Webhook.Builder webhook(Provider provider, String... secrets) {
    return Webhook.builder(provider, Arrays.stream(secrets).map(WebhookSecret::of).toList())
        .clock(ManualClock.create());
  }

  static byte[] hmac(String algorithm, byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static String hex(String secret, byte[] body) {
    return HexFormat.of().formatHex(hmac("HmacSHA256", secret.getBytes(UTF_8), body));
  }

  static String base64(String key, String head, byte[] body) {
    byte[] raw = Base64.getDecoder().decode(key.replaceFirst("^whsec_", ""));
    return Base64.getEncoder().encodeToString(hmac("HmacSHA256", raw, head.getBytes(UTF_8), body));
  }

  /** A push in the shape of GitHub: one commit that changes what is given. */
  static String push(String ref, String before, String after, String more) {
    return """
        {"ref": "%s", "before": "%s", "after": "%s", %s
         "pusher": {"name": "ada"},
         "repository": {"full_name": "acme/shop", "clone_url": "https://git.example.com/acme/shop.git",
           "ssh_url": "git@git.example.com:acme/shop.git", "private": true, "size": 12}}
        """
        .formatted(ref, before, after, more);
  }

  static String commit(String added, String modified, String removed) {
    return "{\"id\": \"c\", \"message\": \"m\", \"added\": [%s], \"modified\": [%s], \"removed\": [%s]}"
        .formatted(added, modified, removed);
  }
}
