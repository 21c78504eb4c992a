package io.github.gitops4j.forge.publish;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/** The hidden mark that a text of ours begins with. */
final class Marker {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._/-]{0,99})");

  private final String mark;

  private Marker(String mark) {
    this.mark = mark;
  }

  static Marker of(String name) {
    return new Marker("<!-- gitops:" + name + " -->");
  }

  /** Refuses a name that could end the mark. */
  static void check(String name) {
    if (!NAME.matcher(requireNonNull(name, "name")).matches() || name.contains("--")) {
      throw new IllegalArgumentException(
          "expected a name of letters, digits and . _ / -, at most 100 and no two hyphens in a row,"
              + " not "
              + name);
    }
  }

  /** Says whether a text is ours: only its very beginning counts, as others may quote us. */
  boolean isOn(String text) {
    return text.startsWith(mark);
  }

  /** Returns a text with the mark, cut to what the host takes. */
  String on(String text, int limit) {
    return mark + "\n" + CutMarkdown.of(text, limit - mark.length() - 1);
  }
}
