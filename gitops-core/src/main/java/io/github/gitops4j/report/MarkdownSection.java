package io.github.gitops4j.report;

import io.github.gitops4j.diff.FieldChange;
import io.github.gitops4j.diff.FieldValue;
import io.github.gitops4j.report.Finding.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is said of one application in Markdown, as far as it fits. Confined to one call. */
final class MarkdownSection {
  /** What "and n more" takes at most. */
  static final int TAIL = 80;

  private static final int VALUE_LENGTH = 400;

  private final String head;
  private final List<Finding> findings;
  private final List<Finding> detailed;
  private final int limit;
  private final List<String> rows = new ArrayList<>();
  private final List<String> details = new ArrayList<>();
  private int detailedRows;
  private boolean rowsFull;
  private boolean detailsFull;

  MarkdownSection(String head, List<Finding> findings, int limit) {
    this.head = head;
    this.findings = new ArrayList<>(findings);
    this.findings.sort(Comparator.comparing(Finding::level).reversed());
    this.detailed = this.findings.stream().filter(any -> !any.changes().isEmpty()).toList();
    this.limit = limit;
  }

  /** Returns the level of the worst that is said. */
  Level worst() {
    return findings.isEmpty() ? Level.PASS : findings.get(0).level();
  }

  /** Returns how many bytes it takes without any row. */
  int cost() {
    return bytes(head) + 2 * TAIL;
  }

  /** Takes the rows of a level that fit, after those of all worse levels; returns what is left. */
  int takeRows(Level level, int left) {
    int rest = left;
    while (!rowsFull && rows.size() < Math.min(limit, findings.size())) {
      Finding finding = findings.get(rows.size());
      if (finding.level() != level) {
        break;
      }
      String row = row(finding);
      rowsFull = bytes(row) > rest;
      if (!rowsFull) {
        rest -= bytes(row);
        rows.add(row);
        detailedRows += finding.changes().isEmpty() ? 0 : 1;
      }
    }
    return rest;
  }

  /** Takes the fields of the rows of a level that fit; returns what is left. */
  int takeDetails(Level level, int left) {
    int rest = left;
    while (!detailsFull && details.size() < detailedRows) {
      Finding finding = detailed.get(details.size());
      if (finding.level() != level) {
        break;
      }
      String shown = details(finding);
      detailsFull = bytes(shown) > rest;
      if (!detailsFull) {
        rest -= bytes(shown);
        details.add(shown);
      }
    }
    return rest;
  }

  void print(StringBuilder out) {
    out.append(out.length() > 0 ? "\n" : "").append(head);
    if (findings.isEmpty()) {
      out.append("Nothing to report.\n");
      return;
    }
    out.append("| | resource | what |\n|---|---|---|\n");
    rows.forEach(out::append);
    more(findings.size() - rows.size(), " more\n", out);
    details.forEach(out::append);
    more(detailed.size() - details.size(), " more with fields that change\n", out);
  }

  private static void more(int count, String what, StringBuilder out) {
    if (count > 0) {
      out.append("\nand ").append(count).append(what);
    }
  }

  private static String row(Finding finding) {
    return "| "
        + sign(finding.level())
        + " | "
        + MarkdownText.span(finding.subject())
        + " | "
        + MarkdownText.span(finding.message())
        + " |\n";
  }

  private static String sign(Level level) {
    return switch (level) {
      case PASS -> "✅";
      case NOTE -> "📝";
      case WARNING -> "⚠️";
      case ERROR -> "❌";
    };
  }

  private static String details(Finding finding) {
    StringBuilder fields = new StringBuilder();
    for (FieldChange change : finding.changes()) {
      String path = MarkdownText.shortened(change.path().toString());
      side('-', path, change.before(), fields);
      side('+', path, change.after(), fields);
    }
    return "\n<details><summary>"
        + MarkdownText.element(finding.subject())
        + "</summary>\n\n"
        + MarkdownText.fenced("diff", fields)
        + "\n</details>\n";
  }

  private static void side(char sign, String path, FieldValue value, StringBuilder out) {
    if (!(value instanceof FieldValue.Absent)) {
      out.append(sign).append(' ').append(path).append(": ");
      out.append(PlanText.value(value, VALUE_LENGTH)).append('\n');
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
