package io.github.gitops4j.forge.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The body of a request: its raw bytes, and what is read from them on demand. */
final class Body {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final byte[] PARAMETER = "payload=".getBytes(ISO_8859_1);

  private final byte[] raw;
  private final boolean form;
  private final Shape shape;
  private @Nullable Payload payload;

  Body(byte[] raw, Headers headers, Shape shape) {
    this.raw = raw;
    this.form = headers.value("Content-Type").toLowerCase(Locale.ROOT).startsWith(FORM);
    this.shape = shape;
  }

  /** Returns the bytes as they came. */
  byte[] raw() {
    return raw;
  }

  /** Returns the bytes of the JSON: those that came, or what is in the form that came. */
  byte[] json() throws PayloadException {
    return form ? parameter() : raw;
  }

  /** Returns what is of interest in the JSON. */
  Payload payload() throws PayloadException {
    Payload known = payload;
    if (known == null) {
      known = PayloadReader.read(json(), shape);
      payload = known;
    }
    return known;
  }

  private byte[] parameter() throws PayloadException {
    int begin = 0;
    while (begin < raw.length) {
      int end = begin;
      while (end < raw.length && raw[end] != '&') {
        end++;
      }
      if (isParameter(begin, end)) {
        return decoded(begin + PARAMETER.length, end);
      }
      begin = end + 1;
    }
    throw new PayloadException("the form has no payload");
  }

  private boolean isParameter(int begin, int end) {
    return end - begin >= PARAMETER.length
        && Arrays.equals(raw, begin, begin + PARAMETER.length, PARAMETER, 0, PARAMETER.length);
  }

  private byte[] decoded(int begin, int end) throws PayloadException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(end - begin);
    for (int i = begin; i < end; i++) {
      if (raw[i] == '%') {
        int high = i + 2 < end ? Character.digit(raw[i + 1], 16) : -1;
        int low = i + 2 < end ? Character.digit(raw[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          throw new PayloadException("the form is not encoded as forms are");
        }
        out.write(high << 4 | low);
        i += 2;
      } else {
        out.write(raw[i] == '+' ? ' ' : raw[i]);
      }
    }
    return out.toByteArray();
  }
}
