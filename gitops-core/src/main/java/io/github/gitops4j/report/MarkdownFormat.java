package io.github.gitops4j.report;

import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.report.Finding.Level;
import java.util.List;
import java.util.Optional;

/**
 * Reports as Markdown for a pull request or a job summary. Every value of strangers is inside a
 * {@code code} element with all signs of Markdown and HTML as entities: it cannot end its cell,
 * begin a link or mention anybody.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class MarkdownFormat implements ReportFormat {
  private static final int DEFAULT_LIMIT = 200;
  private static final String SPECIAL = "&<>|`*_~[]()#@!\\:$^{}.";

  private final int limit;

  private MarkdownFormat(int limit) {
    this.limit = limit;
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
    return new MarkdownFormat(limit);
  }

  @Override
  public String render(List<ReportItem> items) {
    StringBuilder out = new StringBuilder();
    for (ReportItem item : items) {
      out.append(out.length() > 0 ? "\n" : "").append("### ").append(Items.type(item));
      if (!item.application().isEmpty()) {
        out.append(" of ").append(code(item.application()));
      }
      out.append("\n\n");
      Items.plan(item).ifPresent(plan -> facts(plan, out));
      Optional<String> verdict = Items.verdict(item);
      verdict.ifPresent(text -> out.append(code(text)).append("\n\n"));
      table(Findings.of(item), out);
    }
    return out.toString();
  }

  private static void facts(Plan plan, StringBuilder out) {
    out.append("Target ").append(code(plan.header().target()));
    out.append(" at ").append(code(Names.revision(plan.revision()))).append(": ");
    out.append(PlanText.summary(plan)).append(".\n\n");
  }

  private void table(List<Finding> findings, StringBuilder out) {
    if (findings.isEmpty()) {
      out.append("Nothing to report.\n");
      return;
    }
    out.append("| | resource | what |\n|---|---|---|\n");
    findings.stream().limit(limit).forEach(finding -> row(finding, out));
    if (findings.size() > limit) {
      out.append("\nand ").append(findings.size() - limit).append(" more\n");
    }
  }

  private static void row(Finding finding, StringBuilder out) {
    out.append("| ").append(sign(finding.level()));
    out.append(" | ").append(code(finding.subject()));
    out.append(" | ").append(code(finding.message())).append(" |\n");
  }

  private static String sign(Level level) {
    return switch (level) {
      case PASS -> "✅";
      case NOTE -> "📝";
      case WARNING -> "⚠️";
      case ERROR -> "❌";
    };
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
}
