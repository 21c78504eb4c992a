package io.github.gitops4j.error;

/** Keeps untrusted text on one line, so that a name cannot forge a log entry. */
final class OneLine {
  private OneLine() {}

  static String of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isBreaking(text.charAt(i))) {
        return escape(text);
      }
    }
    return text;
  }

  private static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isBreaking(c)) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static boolean isBreaking(char c) {
    return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
  }
}
