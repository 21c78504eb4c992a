package io.github.gitops4j.report;

/**
 * Text from outside, made safe for a terminal and a log: what would move the cursor, start a new
 * line, or turn the direction of writing is shown as an escape.
 */
final class Printable {
  private Printable() {}

  static String of(String text) {
    int i = 0;
    while (i < text.length() && !isHidden(text.charAt(i))) {
      i++;
    }
    if (i == text.length()) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int j = 0; j < text.length(); j++) {
      char c = text.charAt(j);
      if (isHidden(c)) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** Control characters, line and paragraph separators, and all that formats without being seen. */
  private static boolean isHidden(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
