package io.github.gitops4j.testkit.git;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The body of an answer: counted, and on order cut or slowed down. */
final class ResponseBody extends OutputStream {
  private final OutputStream out;
  private final CountDownLatch closed;
  private final long limit;
  private final long bytesPerSecond;
  private long count;
  private boolean cut;

  ResponseBody(OutputStream out, CountDownLatch closed, long limit, long bytesPerSecond) {
    this.out = out;
    this.closed = closed;
    this.limit = limit;
    this.bytesPerSecond = bytesPerSecond;
  }

  long count() {
    return count;
  }

  /** Give whether something was left out. */
  boolean isCut() {
    return cut;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int from = offset;
    int end = offset + length;
    while (from < end && count < limit) {
      int step = (int) Math.min(Math.min(end - from, stepSize()), limit - count);
      pause(step);
      out.write(bytes, from, step);
      from += step;
      count += step;
    }
    if (from < end) {
      cut = true;
      throw new IOException("the answer ends here on order of the test");
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private long stepSize() {
    return Math.max(1, bytesPerSecond / 10);
  }

  private void pause(int step) throws IOException {
    if (bytesPerSecond == Long.MAX_VALUE) {
      return;
    }
    out.flush();
    try {
      if (closed.await(TimeUnit.SECONDS.toNanos(step) / bytesPerSecond, TimeUnit.NANOSECONDS)) {
        throw new IOException("the server is closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the server is closed", e);
    }
  }
}
