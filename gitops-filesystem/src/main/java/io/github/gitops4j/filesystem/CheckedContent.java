package io.github.gitops4j.filesystem;

import io.github.gitops4j.resource.ContentDigest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The bytes of a file as it was; whoever reads other bytes to their end gets an exception. */
final class CheckedContent extends FilterInputStream {
  private final LiveFile file;
  private final MessageDigest sha1;
  private boolean checked;

  CheckedContent(InputStream in, LiveFile file) {
    super(in);
    this.file = file;
    this.sha1 = FileDigests.begin(file.stat().size());
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = in.read(buffer, offset, length);
    if (read > 0) {
      sha1.update(buffer, offset, read);
    } else if (read < 0) {
      check();
    }
    return read;
  }

  private void check() throws IOException {
    if (checked) {
      return;
    }
    checked = true;
    String blobId = HexFormat.of().formatHex(sha1.digest());
    ContentDigest digest = FileDigests.of(FileReading.mode(file.stat()), blobId);
    if (!digest.equals(file.digest())) {
      throw new IOException("it changed since it was listed");
    }
  }

  @Override
  public long skip(long count) throws IOException {
    long left = count;
    while (left > 0 && read() >= 0) {
      left--;
    }
    return count - left;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
