package io.github.gitops4j.forge.webhook;

import io.github.gitops4j.call.Ticker;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a body within limits of size, time and memory. What is too large is read on for a while and
 * thrown away, as a host whose connection is cut does not learn why. Confined to one request.
 */
final class BodyReader {
  private static final int PART = 64 << 10;
  private static final int MOST_DISCARDED = 32 << 20;

  private final Intake.Held held;
  private final int limit;
  private final Ticker ticker;
  private final long end;
  private final List<byte[]> parts = new ArrayList<>();

  /**
   * Creates a reader.
   *
   * @param end the time of the ticker at which to give up
   */
  BodyReader(Intake.Held held, int limit, Ticker ticker, long end) {
    this.held = held;
    this.limit = limit;
    this.ticker = ticker;
    this.end = end;
  }

  /** A body is not taken. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    RefusedException(int status, String message) {
      super(message);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  byte[] read(InputStream body) throws IOException, RefusedException {
    int size = 0;
    while (true) {
      byte[] part = new byte[PART];
      int length = fill(body, part);
      size += length;
      if (size > limit) {
        discard(body, size);
        throw new RefusedException(413, "the body has more than " + limit + " bytes");
      } else if (length > 0 && !held.take(2 * length)) {
        discard(body, size);
        throw new RefusedException(503, "busy: there is no room for this delivery now");
      }
      parts.add(length == PART ? part : Arrays.copyOf(part, length));
      if (length < PART) {
        return joined(size);
      }
    }
  }

  /** Reads until the part is full or the body ends. */
  private int fill(InputStream body, byte[] part) throws IOException, RefusedException {
    int length = 0;
    while (length < part.length) {
      int read = body.read(part, length, part.length - length);
      if (ticker.nanos() - end >= 0) {
        throw new RefusedException(408, "the body did not come in time");
      }
      if (read < 0) {
        return length;
      }
      length += read;
    }
    return length;
  }

  private void discard(InputStream body, int size) throws IOException, RefusedException {
    parts.clear();
    byte[] part = new byte[PART];
    int discarded = size;
    int length = PART;
    while (length == PART && discarded < MOST_DISCARDED) {
      length = fill(body, part);
      discarded += length;
    }
  }

  private byte[] joined(int size) {
    byte[] whole = new byte[size];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, whole, at, part.length);
      at += part.length;
    }
    parts.clear();
    return whole;
  }
}
