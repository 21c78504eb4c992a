package io.github.gitops4j.forge.webhook;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Codes by which a text is known to be from whoever has the key. */
final class HmacSha256 {
  static final String NAME = "HmacSHA256";

  private HmacSha256() {}

  /** Returns the code of some parts, one behind the other. */
  static byte[] of(byte[] key, byte[]... parts) {
    return of(NAME, key, parts);
  }

  static byte[] of(String algorithm, byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (InvalidKeyException e) {
      throw new IllegalArgumentException("the key of a webhook is not usable", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  /**
   * Says whether two texts are equal, in a time that says neither where they differ nor how long
   * they are.
   */
  static boolean isEqual(byte[] one, byte[] other) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] digestOfOne = digest.digest(one);
      return MessageDigest.isEqual(digestOfOne, digest.digest(other));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
