package io.github.gitops4j.forge.publish;

import io.github.gitops4j.report.Printable;
import io.github.gitops4j.resource.ContentDigest;

/** Text for a field of a host. */
final class PlainText {
  private static final String MORE = "...";
  private static final int HASH = 8;

  private PlainText() {}

  /** Returns the text in one line, cut between two characters. */
  static String cut(String text, int limit) {
    String line = Printable.of(text.strip());
    if (line.codePointCount(0, line.length()) <= limit) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, limit - MORE.length())) + MORE;
  }

  /** Returns a key that differs where the text does: what is too long ends in a hash of it all. */
  static String key(String text, int limit) {
    String line = Printable.of(text);
    if (line.codePointCount(0, line.length()) <= limit) {
      return line;
    }
    int kept = line.offsetByCodePoints(0, limit - HASH - 1);
    return line.substring(0, kept) + "-" + ContentDigest.of(text).hex().substring(0, HASH);
  }
}
