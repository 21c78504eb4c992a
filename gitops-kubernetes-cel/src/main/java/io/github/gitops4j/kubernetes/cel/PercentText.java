package io.github.gitops4j.kubernetes.cel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.Optional;

/** Text of a URL in which some characters are written as {@code %20}. */
final class PercentText {
  private PercentText() {}

  /** Returns the text that was meant; nothing if a percent sign is followed by something else. */
  static Optional<String> decode(String text, boolean plusIsSpace) {
    byte[] given = text.getBytes(UTF_8);
    ByteArrayOutputStream meant = new ByteArrayOutputStream();
    for (int i = 0; i < given.length; i++) {
      if (given[i] == '%') {
        int high = i + 2 < given.length ? Character.digit(given[i + 1], 16) : -1;
        int low = i + 2 < given.length ? Character.digit(given[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          return Optional.empty();
        }
        meant.write(high * 16 + low);
        i += 2;
      } else {
        meant.write(plusIsSpace && given[i] == '+' ? ' ' : given[i]);
      }
    }
    return Optional.of(meant.toString(UTF_8));
  }

  /**
   * Returns a text of which only letters, digits and some other characters are left as they are.
   */
  static String encode(String text, String left) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || left.indexOf(c) >= 0);
      encoded.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
    }
    return encoded.toString();
  }
}
