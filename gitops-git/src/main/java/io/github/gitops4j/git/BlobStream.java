package io.github.gitops4j.git;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;

/**
 * The bytes of a file with the reader that gives them, which is closed with them.
 *
 * <p>JGit finds an object by the index of its pack and does not look whether it is the one: a
 * damaged index gives other bytes. So they are hashed: a file that fits into memory before it is
 * given, a large one as it is read, and its last bytes are only given if all are what the id says.
 */
final class BlobStream extends FilterInputStream {
  private static final int SKIPPED = 8192;

  private final ObjectReader reader;
  private final Runnable onFailure;
  private final ObjectId blob;
  private final MessageDigest digest;
  private long left;

  private BlobStream(ObjectLoader loader, ObjectId blob, ObjectReader reader, Runnable onFailure)
      throws IOException {
    super(loader.openStream());
    this.reader = reader;
    this.onFailure = onFailure;
    this.blob = blob;
    this.left = loader.getSize();
    this.digest = begin(left);
  }

  /**
   * Opens a blob.
   *
   * @param onFailure told when bytes cannot be read later on
   */
  static InputStream open(Repository repository, ObjectId blob, Runnable onFailure)
      throws IOException {
    ObjectReader reader = repository.newObjectReader();
    boolean opened = false;
    try {
      ObjectLoader loader = reader.open(blob, Constants.OBJ_BLOB);
      if (!loader.isLarge()) {
        return new ByteArrayInputStream(verified(loader.getCachedBytes(), blob));
      }
      InputStream in = new BlobStream(loader, blob, reader, onFailure);
      opened = true;
      return in;
    } finally {
      if (!opened) {
        reader.close();
      }
    }
  }

  private static byte[] verified(byte[] bytes, ObjectId blob) throws IOException {
    MessageDigest digest = begin(bytes.length);
    digest.update(bytes);
    verify(digest, blob);
    return bytes;
  }

  private static MessageDigest begin(long size) {
    MessageDigest digest = Constants.newMessageDigest();
    digest.update(Constants.encodedTypeString(Constants.OBJ_BLOB));
    digest.update((byte) ' ');
    digest.update(Constants.encodeASCII(size));
    digest.update((byte) 0);
    return digest;
  }

  private static void verify(MessageDigest digest, ObjectId blob) throws IOException {
    if (!ObjectId.fromRaw(digest.digest()).equals(blob)) {
      throw new IOException("the bytes of " + blob.name() + " are not those of its id");
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      int count = super.read(buffer, offset, length);
      if (count > 0) {
        digest.update(buffer, offset, count);
        left -= count;
        if (left == 0) {
          verify(digest, blob);
        }
      }
      return count;
    } catch (IOException e) {
      onFailure.run();
      throw e;
    }
  }

  @Override
  public long skip(long count) throws IOException {
    return readNBytes((int) Math.min(count, SKIPPED)).length;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  @Override
  public void close() throws IOException {
    try {
      super.close();
    } finally {
      reader.close();
    }
  }
}
