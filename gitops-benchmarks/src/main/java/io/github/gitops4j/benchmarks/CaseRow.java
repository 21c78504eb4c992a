package io.github.gitops4j.benchmarks;

import java.util.Locale;

/**
 * One row of a table of measured cases.
 *
 * @param name what was measured
 * @param measured the value
 * @param bar the largest value that is good enough
 * @param unit what both are in
 */
record CaseRow(String name, double measured, double bar, String unit) {
  /** Returns the head of the table. */
  static String head() {
    return "| case | measured | bar | verdict |" + System.lineSeparator() + "|---|---|---|---|";
  }

  boolean met() {
    return measured <= bar;
  }

  /** Returns the row as a line of a Markdown table. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "| %s | %,.3f %s | %,.3f %s | %s |",
        name,
        measured,
        unit,
        bar,
        unit,
        met() ? "met" : "MISSED");
  }
}
