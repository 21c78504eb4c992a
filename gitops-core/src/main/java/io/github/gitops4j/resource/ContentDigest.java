package io.github.gitops4j.resource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A SHA-256 digest, kept as four longs because there is one for each resource at rest.
 *
 * <p>Immutable.
 *
 * @param first bytes 0 to 7, big endian
 * @param second bytes 8 to 15
 * @param third bytes 16 to 23
 * @param fourth bytes 24 to 31
 * @since 0.1.0
 */
public record ContentDigest(long first, long second, long third, long fourth)
    implements Comparable<ContentDigest> {

  private static final int HEX_LENGTH = 64;

  /** Digests bytes. */
  public static ContentDigest of(byte[] content) {
    return ofDigest(sha256().digest(content));
  }

  /** Digests text as UTF-8. */
  public static ContentDigest of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Takes 32 bytes that are a digest already. */
  public static ContentDigest ofDigest(byte[] digest) {
    if (digest.length != 32) {
      throw new IllegalArgumentException("a SHA-256 digest has 32 bytes, not " + digest.length);
    }
    ByteBuffer buffer = ByteBuffer.wrap(digest);
    return new ContentDigest(
        buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
  }

  /** Reads 64 hexadecimal digits. */
  public static ContentDigest parse(String hex) {
    if (hex.length() != HEX_LENGTH) {
      throw new IllegalArgumentException("a digest has 64 hexadecimal digits, not " + hex.length());
    }
    return ofDigest(HexFormat.of().parseHex(hex));
  }

  /** Returns a new SHA-256 computation. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** Returns 64 lower-case hexadecimal digits. */
  public String hex() {
    HexFormat format = HexFormat.of();
    return format.toHexDigits(first)
        + format.toHexDigits(second)
        + format.toHexDigits(third)
        + format.toHexDigits(fourth);
  }

  /** Returns the first 12 hexadecimal digits, for people. */
  public String abbreviated() {
    return hex().substring(0, 12);
  }

  @Override
  public int compareTo(ContentDigest other) {
    int order = Long.compareUnsigned(first, other.first);
    order = order != 0 ? order : Long.compareUnsigned(second, other.second);
    order = order != 0 ? order : Long.compareUnsigned(third, other.third);
    return order != 0 ? order : Long.compareUnsigned(fourth, other.fourth);
  }

  /** Returns {@code sha256:} and the hexadecimal digits. */
  @Override
  public String toString() {
    return "sha256:" + hex();
  }
}
