package io.github.gitops4j.diff;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Sensitive;
import io.github.gitops4j.resource.Value;
import java.security.GeneralSecurityException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Which values are secrets, and how they are told apart without being shown.
 *
 * <p>With a key, a masked value carries the HMAC-SHA256 of its canonical JSON: equal values have
 * equal digests, and nobody without the key can try candidates.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class Masking {
  private static final String ALGORITHM = "HmacSHA256";
  private static final Masking NONE = new Masking(List.of(), Optional.empty());

  private final List<FieldPath> paths;
  private final Optional<Sensitive<byte[]>> key;

  private Masking(Collection<FieldPath> paths, Optional<Sensitive<byte[]>> key) {
    this.paths = List.copyOf(paths);
    this.key = key;
  }

  /** Masks nothing. */
  public static Masking none() {
    return NONE;
  }

  /** Masks these paths and everything below, without digests. */
  public static Masking withoutDigest(Collection<FieldPath> paths) {
    return new Masking(paths, Optional.empty());
  }

  /**
   * Masks these paths and everything below.
   *
   * @param paths patterns of what is sensitive
   * @param key key of the digests; random, and never shown
   */
  public static Masking of(Collection<FieldPath> paths, Sensitive<byte[]> key) {
    requireNonNull(key, "key");
    if (key.reveal(bytes -> bytes.length == 0)) {
      throw new IllegalArgumentException("the masking key is empty");
    }
    return new Masking(paths, Optional.of(key));
  }

  /** Returns the patterns of what is sensitive. */
  public List<FieldPath> paths() {
    return paths;
  }

  /** Returns the mask of a value. */
  public FieldValue.Masked mask(Value value) {
    return new FieldValue.Masked(
        key.map(secret -> secret.reveal(bytes -> hmac(bytes, Document.of(value).canonicalJson()))));
  }

  private static ContentDigest hmac(byte[] key, byte[] text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return ContentDigest.ofDigest(mac.doFinal(text));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has HMAC-SHA256", e);
    }
  }
}
