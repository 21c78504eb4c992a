package io.github.gitops4j.source;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.github.gitops4j.resource.Text;
import java.util.regex.Pattern;

/**
 * Where a text is written, and what is to be written there.
 *
 * @param begin the first character of the text or its quote
 * @param end behind its last one
 * @param written the new text with its quotes
 */
record TextPlace(int begin, int end, String written) {
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9_/](?:[A-Za-z0-9_./:@+-]*[A-Za-z0-9_./@+-])?");

  /** Returns a text without quotes if every tool reads it so, or else in quotes. */
  static String plain(String text) {
    boolean same =
        PLAIN.matcher(text).matches()
            && YamlScalars.plain(text) instanceof Text value
            && KustomizeReading.ofValue(text, value).isEmpty();
    return same ? text : doubleQuoted(text);
  }

  /** Returns a text in single quotes if it can be written so, or else in double quotes. */
  static String singleQuoted(String text) {
    boolean visible = text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    return visible ? "'" + text.replace("'", "''") + "'" : doubleQuoted(text);
  }

  /**
   * Returns a text in double quotes, as JSON and YAML have it, with escapes for what has no look.
   */
  static String doubleQuoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    JsonStringEncoder.getInstance().quoteAsString(text, quoted);
    for (int i = 0; i < quoted.length(); i++) {
      if (!isVisible(quoted.charAt(i))) {
        quoted.replace(i, i + 1, String.format("\\u%04x", (int) quoted.charAt(i)));
      }
    }
    return quoted.append('"').toString();
  }

  private static boolean isVisible(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
