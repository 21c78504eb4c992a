package io.github.gitops4j.git;

import java.util.List;
import java.util.regex.Pattern;

/** The message of a commit, with lines at its end that programs read. */
final class CommitText {
  private static final Pattern TRAILERS =
      Pattern.compile(
          "(?:[A-Za-z][A-Za-z0-9-]*: [^\n]*|[ \t]+[^\n]*)"
              + "(?:\n(?:[A-Za-z][A-Za-z0-9-]*: [^\n]*|[ \t]+[^\n]*))*");

  private CommitText() {}

  /**
   * Returns a message that ends in trailers; those that it ends in already are followed by the new
   * ones.
   *
   * @throws IllegalArgumentException if the message is empty or holds a NUL
   */
  static String of(String message, List<String> trailers) {
    String text = message.replace("\r\n", "\n").strip();
    if (text.isEmpty() || text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a commit has a message, without NUL");
    }
    if (trailers.isEmpty()) {
      return text + "\n";
    }
    int last = text.lastIndexOf("\n\n");
    boolean ends = last > 0 && TRAILERS.matcher(text.substring(last + 2)).matches();
    return text + (ends ? "\n" : "\n\n") + String.join("\n", trailers) + "\n";
  }
}
