package io.github.gitops4j.source;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.FileMode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * One file of a tree.
 *
 * <p>Immutable.
 *
 * @param path path relative to the tree's root, {@code /} between parts, as the source spells it
 * @param mode what it is
 * @param contentId identity of its bytes: equal ids mean equal bytes; for Git the blob id in hex
 * @since 0.1.0
 */
public record TreeEntry(String path, FileMode mode, String contentId) {
  /** What stands in a path before the digits of a byte that is no part of UTF-8. */
  public static final char UNDECODABLE = '\uFFFD';

  /** Checks the parts. */
  public TreeEntry {
    requireNonNull(path, "path");
    requireNonNull(mode, "mode");
    requireNonNull(contentId, "contentId");
  }

  /**
   * Returns how a path is spelled that a source has as bytes: as UTF-8. A byte that is no part of
   * UTF-8 becomes U+FFFD and its two hexadecimal digits, so that different names stay different.
   */
  public static String spelled(byte[] path) {
    ByteBuffer in = ByteBuffer.wrap(path);
    CharBuffer out = CharBuffer.allocate(3 * path.length);
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    for (CoderResult end = decoder.decode(in, out, true);
        end.isMalformed();
        end = decoder.decode(in, out, true)) {
      for (int i = 0; i < end.length(); i++) {
        out.put(UNDECODABLE).put(HexFormat.of().toHexDigits(in.get()));
      }
    }
    return out.flip().toString();
  }
}
