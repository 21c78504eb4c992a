package io.github.gitops4j.testkit.git;

import java.io.InputStream;
import java.util.Arrays;

/** A stream of zeros that ends after a number of bytes. */
final class ZeroStream extends InputStream {
  private long left;

  ZeroStream(long size) {
    left = size;
  }

  @Override
  public int read() {
    if (left == 0) {
      return -1;
    }
    left--;
    return 0;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    if (left == 0 && length > 0) {
      return -1;
    }
    int count = (int) Math.min(left, length);
    Arrays.fill(buffer, offset, offset + count, (byte) 0);
    left -= count;
    return count;
  }
}
