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
  private static final int FIRST_IGNORED = 0x034F;

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

  /**
   * Says whether a code point is a control, format, separator, surrogate or unassigned one, or one
   * that is ignored where text is shown. What only chooses between a sign and its picture is not
   * hidden, as people write it with every other picture.
   */
  static boolean isHidden(int point) {
    if (point >= FIRST_IGNORED && isIgnored(point)) {
      return true;
    }
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

  /**
   * Says whether a letter or a mark has no look of its own: the ones that Unicode calls ignorable
   * by default and that are not among the types above.
   */
  private static boolean isIgnored(int point) {
    return point == FIRST_IGNORED
        || (point >= 0x115F && point <= 0x1160)
        || (point >= 0x17B4 && point <= 0x17B5)
        || (point >= 0x180B && point <= 0x180F)
        || point == 0x3164
        || (point >= 0xFE00 && point <= 0xFE0D)
        || point == 0xFFA0
        || (point >= 0xE0100 && point <= 0xE01EF);
  }
}
