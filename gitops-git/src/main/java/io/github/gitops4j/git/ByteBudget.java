package io.github.gitops4j.git;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** How many bytes a server may still send, over all streams of a conversation. */
final class ByteBudget {
  private long left;

  ByteBudget(long maxBytes) {
    this.left = maxBytes;
  }

  InputStream count(InputStream in) {
    return new Counted(in);
  }

  private void received(int bytes) throws IOException {
    left -= Math.max(bytes, 0);
    if (left < 0) {
      throw new LimitReachedException("the server sends too much");
    }
  }

  private final class Counted extends FilterInputStream {
    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      received(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      received(read);
      return read;
    }
  }
}
