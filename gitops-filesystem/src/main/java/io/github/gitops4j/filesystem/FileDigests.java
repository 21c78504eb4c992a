package io.github.gitops4j.filesystem;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.FileMode;
import io.github.gitops4j.source.SourceTree;
import io.github.gitops4j.source.TreeEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The one definition of a file's digest: SHA-256 over its mode and its Git blob id, so that a file
 * from Git is compared without reading its blob.
 */
final class FileDigests {
  /** Begins a content id that is the digest of a file itself. */
  static final String CONTENT_PREFIX = "file:";

  private static final int BUFFER = 1 << 16;
  private static final int BLOB_ID_LENGTH = 40;

  private FileDigests() {}

  /** Returns the digest of a file with that mode and blob id. */
  static ContentDigest of(FileMode mode, String blobId) {
    return ContentDigest.of(mode.octal() + '\0' + blobId);
  }

  /** Returns the digest of an entry, reading its bytes only if its content id does not tell. */
  static ContentDigest of(TreeEntry entry, SourceTree tree, CallContext call) throws IOException {
    if (entry.contentId().startsWith(CONTENT_PREFIX)) {
      return ContentDigest.parse(entry.contentId().substring(CONTENT_PREFIX.length()));
    } else if (isBlobId(entry.contentId())) {
      return of(entry.mode(), entry.contentId());
    }
    try (InputStream in = tree.open(entry)) {
      return of(entry.mode(), blobId(in, tree.size(entry), call));
    }
  }

  /** Returns the digest of what is there but is no file that we could own. */
  static ContentDigest ofOther(String what) {
    return ContentDigest.of("other\0" + what);
  }

  /** Says whether a content id is a Git blob id already. */
  private static boolean isBlobId(String contentId) {
    if (contentId.length() != BLOB_ID_LENGTH) {
      return false;
    }
    for (int i = 0; i < BLOB_ID_LENGTH; i++) {
      if (Character.digit(contentId.charAt(i), 16) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Returns the blob id of bytes. */
  static String blobId(byte[] content) {
    MessageDigest sha1 = begin(content.length);
    return HexFormat.of().formatHex(sha1.digest(content));
  }

  /**
   * Returns the blob id of a stream of known size, however long that takes.
   *
   * @throws IOException if it cannot be read or has another size
   */
  static String blobId(InputStream in, long size) throws IOException {
    return blobId(in, size, CallContext.unbounded());
  }

  /**
   * Returns the blob id of a stream of known size; a call that ends meanwhile throws.
   *
   * @throws IOException if it cannot be read or has another size
   */
  static String blobId(InputStream in, long size, CallContext call) throws IOException {
    MessageDigest sha1 = begin(size);
    byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(size, 1))];
    long left = size;
    for (int read = in.read(buffer); read >= 0 && left >= 0; read = in.read(buffer)) {
      call.checkActive("read file");
      left -= read;
      sha1.update(buffer, 0, read);
    }
    if (left != 0) {
      throw new IOException("it changed while being read");
    }
    return HexFormat.of().formatHex(sha1.digest());
  }

  /** Begins the computation of a blob id; the bytes are to follow. */
  static MessageDigest begin(long size) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(("blob " + size + '\0').getBytes(StandardCharsets.US_ASCII));
      return sha1;
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-1", e);
    }
  }
}
