package io.github.gitops4j.benchmarks;

import java.util.Locale;

/**
 * What one whole-run case measured.
 *
 * @param name the case
 * @param measured the value: a ratio, unless the detail says otherwise
 * @param bound which side of the bar is good
 * @param bar the bar
 * @param detail what the value was made of
 */
record RunRow(String name, double measured, Bound bound, double bar, String detail) {

  /** Which side of a bar is good. */
  enum Bound {
    AT_MOST("at most"),
    AT_LEAST("at least");

    private final String words;

    Bound(String words) {
      this.words = words;
    }
  }

  /** Returns the head of the table. */
  static String head() {
    return "| case | measured | bar | verdict | detail |\n|---|---|---|---|---|";
  }

  /** Prints a row of a value that is good if it is small. */
  static void print(String name, double measured, double bar, String detail, Object... values) {
    System.out.println(
        new RunRow(name, measured, Bound.AT_MOST, bar, String.format(Locale.ROOT, detail, values)));
  }

  boolean isMet() {
    return bound == Bound.AT_MOST ? measured <= bar : measured >= bar;
  }

  /** Returns the row as a line of a Markdown table. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "| %s | %.2f | %s %.2f | %s | %s |",
        name,
        measured,
        bound.words,
        bar,
        isMet() ? "met" : "**missed**",
        detail);
  }
}
