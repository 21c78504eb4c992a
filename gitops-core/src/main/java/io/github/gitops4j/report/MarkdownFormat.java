package io.github.gitops4j.report;

import io.github.gitops4j.diff.FieldChange;
import io.github.gitops4j.diff.FieldValue;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.report.Finding.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Reports as Markdown for a pull request or a job summary: of each application a table, the worst
 * first, and below it the fields that change, folded. Every value of strangers is inside a {@code
 * code} element with all signs of Markdown and HTML as entities, or in a fence that is longer than
 * any run of backticks in it: it cannot end its cell, begin a link or mention anybody.
 *
 * <p>With a budget, what does not fit is left out and counted: fields before rows, rows before
 * applications. What is left is well-formed.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class MarkdownFormat implements ReportFormat {
  /** The longest comment that GitHub takes; it is counted in bytes here, to be safe. */
  public static final int GITHUB_COMMENT = 65_536;

  /** The longest summary of a step that GitHub takes, in bytes. */
  public static final int GITHUB_STEP_SUMMARY = 1_024 * 1_024;

  private static final int DEFAULT_LIMIT = 200;
  private static final int VALUE_LENGTH = 400;
  private static final int LEAST_BUDGET = 500;
  // What "and n more" takes, twice, and what the rest of the applications does.
  private static final int TAIL = 80;
  private static final String SPECIAL = "&<>|`*_~[]()#@!\\:$^{}.";

  private final int limit;
  private final int budget;

  private MarkdownFormat(int limit, int budget) {
    this.limit = limit;
    this.budget = budget;
  }

  /** Returns the format; it shows at most 200 rows of each application. */
  public static MarkdownFormat create() {
    return withLimit(DEFAULT_LIMIT);
  }

  /** Returns the format with another limit of rows; the rest is counted. */
  public static MarkdownFormat withLimit(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("at least one row, not " + limit);
    }
    return new MarkdownFormat(limit, Integer.MAX_VALUE);
  }

  /**
   * Returns the format with a budget.
   *
   * @param bytes how long the whole may be in UTF-8; at least 500
   */
  public MarkdownFormat withBudget(int bytes) {
    if (bytes < LEAST_BUDGET) {
      throw new IllegalArgumentException("at least " + LEAST_BUDGET + " bytes, not " + bytes);
    }
    return new MarkdownFormat(limit, bytes);
  }

  @Override
  public String render(List<ReportItem> items) {
    List<Section> sections = new ArrayList<>();
    int left = budget - TAIL;
    for (ReportItem item : items) {
      Section section = new Section(head(item), findings(item));
      if (section.cost() > left) {
        break;
      }
      left -= section.cost();
      sections.add(section);
    }
    for (Section section : sections) {
      left = section.takeRows(left);
    }
    for (Section section : sections) {
      left = section.takeDetails(left);
    }
    StringBuilder out = new StringBuilder();
    sections.forEach(section -> section.print(out));
    int missing = items.size() - sections.size();
    if (missing > 0) {
      out.append("\nand ").append(missing).append(" more applications\n");
    }
    return out.toString();
  }

  private static List<Finding> findings(ReportItem item) {
    List<Finding> findings = new ArrayList<>(Findings.of(item));
    findings.sort(Comparator.comparing(Finding::level).reversed());
    return findings;
  }

  private static String head(ReportItem item) {
    StringBuilder out = new StringBuilder("### ").append(Items.type(item));
    if (!item.application().isEmpty()) {
      out.append(" of ").append(code(item.application()));
    }
    out.append("\n\n");
    Items.plan(item).ifPresent(plan -> facts(item, plan, out));
    Optional<String> verdict = Items.verdict(item);
    verdict.ifPresent(text -> out.append(code(text)).append("\n\n"));
    return out.toString();
  }

  private static void facts(ReportItem item, Plan plan, StringBuilder out) {
    out.append("Target ").append(code(plan.header().target()));
    if (Items.plain(item) instanceof ReportItem.OfPreview preview) {
      out.append(" from ").append(code(Names.revision(preview.from())));
      out.append(" to ").append(code(Names.revision(plan.revision()))).append(": ");
      out.append(PlanText.whatToDo(plan)).append(".\n\n");
    } else {
      out.append(" at ").append(code(Names.revision(plan.revision()))).append(": ");
      out.append(PlanText.summary(plan)).append(".\n\n");
    }
  }

  private static String row(Finding finding) {
    return "| "
        + sign(finding.level())
        + " | "
        + code(finding.subject())
        + " | "
        + code(finding.message())
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
      String path = Printable.of(change.path().toString());
      side('-', path, change.before(), fields);
      side('+', path, change.after(), fields);
    }
    String fence = "`".repeat(Math.max(3, longestRun(fields) + 1));
    return "\n<details><summary>"
        + code(finding.subject())
        + "</summary>\n\n"
        + fence
        + "diff\n"
        + fields
        + fence
        + "\n\n</details>\n";
  }

  private static void side(char sign, String path, FieldValue value, StringBuilder out) {
    if (!(value instanceof FieldValue.Absent)) {
      out.append(sign).append(' ').append(path).append(": ");
      out.append(PlanText.value(value, VALUE_LENGTH)).append('\n');
    }
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

  /** Returns text as a code element that nothing inside can leave. */
  static String code(String text) {
    StringBuilder out = new StringBuilder("<code>");
    Printable.of(text)
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

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** What is said of one application, as far as it fits. Confined to one call. */
  private final class Section {
    private final String head;
    private final List<Finding> findings;
    private final List<String> rows = new ArrayList<>();
    private final List<String> details = new ArrayList<>();
    private int detailed;

    Section(String head, List<Finding> findings) {
      this.head = head;
      this.findings = findings;
      this.detailed = (int) findings.stream().filter(any -> !any.changes().isEmpty()).count();
    }

    int cost() {
      return bytes(head) + 2 * TAIL;
    }

    int takeRows(int left) {
      int rest = left;
      for (Finding finding : findings.subList(0, Math.min(limit, findings.size()))) {
        String row = row(finding);
        if (bytes(row) > rest) {
          return rest;
        }
        rest -= bytes(row);
        rows.add(row);
      }
      return rest;
    }

    int takeDetails(int left) {
      int rest = left;
      for (Finding finding : findings.subList(0, rows.size())) {
        if (!finding.changes().isEmpty()) {
          String shown = details(finding);
          if (bytes(shown) > rest) {
            return rest;
          }
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
      more(detailed - details.size(), " more with fields that change\n", out);
    }

    private void more(int count, String what, StringBuilder out) {
      if (count > 0) {
        out.append("\nand ").append(count).append(what);
      }
    }
  }
}
