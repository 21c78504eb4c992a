package io.github.gitops4j.report;

import static java.util.Objects.requireNonNull;

/**
 * Text from outside, made safe for a terminal and a log: what would move the cursor, start a new
 * line, turn the direction of writing or hide itself is shown as <code>&#92;u{hex}</code>.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class Printable {
  private Printable() {}

  /** Returns the text on one line, with nothing in it that is not seen. */
  public static String of(String text) {
    requireNonNull(text, "text");
    if (text.codePoints().noneMatch(Printable::isHidden)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(point -> append(out, point));
    return out.toString();
  }

  private static void append(StringBuilder out, int point) {
    if (isHidden(point)) {
      out.append("\\u{").append(Integer.toHexString(point)).append('}');
    } else {
      out.appendCodePoint(point);
    }
  }

  /** Says whether a code point is a control, format, separator, surrogate or unassigned one. */
  static boolean isHidden(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }
}
