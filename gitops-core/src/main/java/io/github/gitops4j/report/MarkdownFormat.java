package io.github.gitops4j.report;

import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.report.Finding.Level;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reports as Markdown for a pull request or a job summary: of each application a table, the worst
 * first, and below it the fields that change, folded. Every value of strangers is a code span, or
 * in a fence that is longer than any run of backticks in it: it cannot end its cell, begin a link
 * or mention anybody. None is longer than 400 characters.
 *
 * <p>With a budget, what does not fit is left out and counted: first the fields, then resources and
 * applications, the best first. What is left is well-formed.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class MarkdownFormat implements ReportFormat {
  /**
   * The longest comment that GitHub takes, with room for a hidden mark before it; it is counted in
   * bytes here, to be safe.
   */
  public static final int GITHUB_COMMENT = 65_400;

  /** The longest summary of a step that GitHub takes, in bytes. */
  public static final int GITHUB_STEP_SUMMARY = 1_024 * 1_024;

  private static final int DEFAULT_LIMIT = 200;
  private static final int LEAST_BUDGET = 500;
  private static final List<Level> WORST_FIRST =
      List.of(Level.ERROR, Level.WARNING, Level.NOTE, Level.PASS);

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
    List<MarkdownSection> sections = new ArrayList<>();
    for (ReportItem item : items) {
      sections.add(new MarkdownSection(head(item), Findings.of(item), limit));
    }
    Set<MarkdownSection> kept = fill(sections);
    StringBuilder out = new StringBuilder();
    sections.stream().filter(kept::contains).forEach(section -> section.print(out));
    int missing = sections.size() - kept.size();
    if (missing > 0) {
      out.append("\nand ").append(missing).append(" more applications\n");
    }
    return out.toString();
  }

  /** Gives the room to the worst first, and returns the applications that have some. */
  private Set<MarkdownSection> fill(List<MarkdownSection> sections) {
    Set<MarkdownSection> kept = new LinkedHashSet<>();
    int left = budget - MarkdownSection.TAIL;
    for (Level level : WORST_FIRST) {
      for (MarkdownSection section : sections) {
        if (section.worst() == level && section.cost() <= left) {
          left -= section.cost();
          kept.add(section);
        }
      }
      for (MarkdownSection section : kept) {
        left = section.takeRows(level, left);
      }
    }
    for (Level level : WORST_FIRST) {
      for (MarkdownSection section : kept) {
        left = section.takeDetails(level, left);
      }
    }
    return kept;
  }

  private static String head(ReportItem item) {
    StringBuilder out = new StringBuilder("### ").append(Items.type(item));
    if (!item.application().isEmpty()) {
      out.append(" of ").append(MarkdownText.span(item.application()));
    }
    out.append("\n\n");
    Items.plan(item).ifPresent(plan -> facts(item, plan, out));
    Optional<String> verdict = Items.verdict(item);
    verdict.ifPresent(text -> out.append(MarkdownText.span(text)).append("\n\n"));
    return out.toString();
  }

  private static void facts(ReportItem item, Plan plan, StringBuilder out) {
    out.append("Target ").append(MarkdownText.span(plan.header().target()));
    if (Items.plain(item) instanceof ReportItem.OfPreview preview) {
      out.append(" from ").append(MarkdownText.span(Names.revision(preview.from())));
      out.append(" to ").append(MarkdownText.span(Names.revision(plan.revision()))).append(": ");
      out.append(PlanText.whatToDo(plan)).append(".\n\n");
    } else {
      out.append(" at ").append(MarkdownText.span(Names.revision(plan.revision()))).append(": ");
      out.append(PlanText.summary(plan)).append(".\n\n");
    }
  }
}
