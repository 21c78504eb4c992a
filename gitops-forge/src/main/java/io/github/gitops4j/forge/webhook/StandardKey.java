package io.github.gitops4j.forge.webhook;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** One key of Standard Webhooks: a shared one, or the public one of the sender. Thread-safe. */
interface StandardKey {
  /** How a secret begins that is shared. */
  String SHARED = "whsec_";

  /** How a public key begins. */
  String PUBLIC = "whpk_";

  /** As many bytes has a shared key by the specification; of a password of letters few come out. */
  int LEAST_BYTES = 24;

  /** See {@link #LEAST_BYTES}. */
  int MOST_BYTES = 64;

  /** Says whether any of the signatures is by this key. */
  boolean isIn(List<Given> signatures, byte[] head, byte[] body);

  /**
   * A signature as it was given.
   *
   * @param version which says the algorithm: {@code v1} or {@code v1a}
   * @param text what follows, in Base64
   */
  record Given(String version, String text) {
    /** Returns the bytes; none if they are malformed. */
    byte[] bytes() {
      return decoded(text);
    }
  }

  /**
   * Reads a key. One without a prefix is a shared one if it has the length of one: text without
   * other signs is Base64 too, whatever it was meant to be.
   */
  static StandardKey of(WebhookSecret secret) {
    String text = secret.text();
    if (text.startsWith(PUBLIC)) {
      return new Verifying(publicKey(decoded(text.substring(PUBLIC.length()))));
    }
    boolean marked = text.startsWith(SHARED);
    byte[] key = decoded(marked ? text.substring(SHARED.length()) : text);
    boolean fits = key.length >= LEAST_BYTES && key.length <= MOST_BYTES;
    if (key.length == 0 || !(marked || fits)) {
      throw new IllegalArgumentException(
          "a signing token is expected as whsec_ and Base64, and this secret is not so");
    }
    return new Shared(key);
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      // Its message would repeat a part of the secret.
      return new byte[0];
    }
  }

  private static PublicKey publicKey(byte[] raw) {
    if (raw.length != 32) {
      throw new IllegalArgumentException(
          "a public key is expected as whpk_ and 32 bytes in Base64, and this secret is not so");
    }
    byte[] encoded =
        HexFormat.of().parseHex("302a300506032b6570032100" + HexFormat.of().formatHex(raw));
    try {
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the public key of a webhook is not usable", e);
    }
  }

  /** A key that both sides know. */
  final class Shared implements StandardKey {
    private final byte[] key;

    Shared(byte[] key) {
      this.key = key.clone();
    }

    @Override
    public boolean isIn(List<Given> signatures, byte[] head, byte[] body) {
      byte[] code = HmacSha256.of(key, head, body);
      boolean found = false;
      for (Given each : signatures) {
        found |= each.version().equals("v1") && MessageDigest.isEqual(code, each.bytes());
      }
      return found;
    }
  }

  /** A key that only the sender can sign for. */
  final class Verifying implements StandardKey {
    private final PublicKey key;

    Verifying(PublicKey key) {
      this.key = key;
    }

    @Override
    public boolean isIn(List<Given> signatures, byte[] head, byte[] body) {
      return signatures.stream()
          .anyMatch(each -> each.version().equals("v1a") && isBy(each.bytes(), head, body));
    }

    private boolean isBy(byte[] signature, byte[] head, byte[] body) {
      try {
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(key);
        verifier.update(head);
        verifier.update(body);
        return verifier.verify(signature);
      } catch (GeneralSecurityException e) {
        // A signature of another length is no signature.
        return false;
      }
    }
  }
}
