package io.github.gitops4j.report;

/** Text of strangers, as Markdown in which nothing of it has a meaning. */
final class MarkdownText {
  private static final int LENGTH = 400;
  private static final String CELL = "`|";
  private static final String SPECIAL = "&<>|`*_~[]()#@!\\:$^{}.";

  private MarkdownText() {}

  /**
   * Returns text as code spans of one backtick each, for a cell, a heading or a paragraph. What
   * ends a span or a cell stands between them, as entities: a longer run of backticks is understood
   * only up to a length by some readers, and a pipe after a backslash by each one otherwise. An
   * element would not do for the rest, as mail addresses become links in it.
   */
  static String span(String text) {
    String shown = shortened(text);
    StringBuilder out = new StringBuilder(shown.length() + 16);
    int from = 0;
    while (from < shown.length()) {
      boolean special = isCell(shown, from);
      int to = from;
      while (to < shown.length() && isCell(shown, to) == special) {
        to++;
      }
      String part = shown.substring(from, to);
      out.append(special ? element(part) : padded(part));
      from = to;
    }
    return out.isEmpty() ? element("") : out.toString();
  }

  private static boolean isCell(String text, int at) {
    return CELL.indexOf(text.charAt(at)) >= 0;
  }

  /** A space on both sides is taken off, unless there is nothing else. */
  private static String padded(String text) {
    boolean stripped = text.startsWith(" ") && text.endsWith(" ") && !text.isBlank();
    return stripped ? "` " + text + " `" : "`" + text + "`";
  }

  /** Returns text as a code element, for a place where HTML is read and Markdown is not. */
  static String element(String text) {
    StringBuilder out = new StringBuilder("<code>");
    shortened(text)
        .codePoints()
        .forEach(
            point -> {
              if (SPECIAL.indexOf(point) >= 0) {
                out.append("&#").append(point).append(';');
              } else {
                out.appendCodePoint(point);
              }
            });
    return out.append("</code>").toString();
  }

  /** Returns what can be seen of a text: nobody fills a comment by a name without end. */
  static String shortened(String text) {
    return PlanText.shortened(Printable.of(text), LENGTH);
  }

  /** Returns lines in a fence that is longer than any run of backticks in them. */
  static String fenced(String language, CharSequence lines) {
    String fence = "`".repeat(Math.max(3, longestRun(lines) + 1));
    return fence + language + "\n" + lines + fence + "\n";
  }

  private static int longestRun(CharSequence text) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }
}
