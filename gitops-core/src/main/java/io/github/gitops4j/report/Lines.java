package io.github.gitops4j.report;

import io.github.gitops4j.report.Ink.Tone;
import java.util.List;
import java.util.function.Consumer;

/** Text in the making. Confined to one call. */
final class Lines {
  private final StringBuilder text = new StringBuilder();
  private final Ink ink;
  private final int limit;

  Lines(Ink ink, int limit) {
    this.ink = ink;
    this.limit = limit;
  }

  /** Adds a line; what is in it is already safe. */
  Lines line(String line) {
    text.append(line).append('\n');
    return this;
  }

  String paint(Tone tone, String word) {
    return ink.paint(tone, word);
  }

  /** Adds the first items, and how many there are beyond them. */
  <T> void each(List<T> items, Consumer<T> item) {
    items.stream().limit(limit).forEach(item);
    if (items.size() > limit) {
      line(paint(Tone.QUIET, "    and " + (items.size() - limit) + " more"));
    }
  }

  /** Pads a word before it is painted, as escapes have a length but no width. */
  static String padded(String word, int width) {
    return word + " ".repeat(Math.max(0, width - word.length()));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
