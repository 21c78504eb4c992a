package io.github.gitops4j.report;

import io.github.gitops4j.report.Finding.Level;
import io.github.gitops4j.resource.Origin;
import java.util.List;

/**
 * Problems as <a
 * href="https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions">workflow
 * commands</a> of GitHub, which shows them at their lines: errors and warnings, no drift.
 *
 * <p>GitHub shows ten errors and ten warnings of a step, those that come first. So errors come
 * first, and if there are more than ten of a sort, the tenth says how many are left out. It shows
 * 4,096 characters of each.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class AnnotationsFormat implements ReportFormat {
  private static final int MOST = 10;
  private static final int LENGTH = 4_096;
  private static final String MORE = "...";

  private AnnotationsFormat() {}

  /** Returns the format. */
  public static AnnotationsFormat create() {
    return new AnnotationsFormat();
  }

  /** Returns a line for each annotation; nothing if there is nothing to be annotated. */
  @Override
  public String render(List<ReportItem> items) {
    List<Finding> findings = items.stream().flatMap(item -> Findings.of(item).stream()).toList();
    StringBuilder out = new StringBuilder();
    annotate("error", of(Level.ERROR, findings), out);
    annotate("warning", of(Level.WARNING, findings), out);
    return out.toString();
  }

  private static List<Finding> of(Level level, List<Finding> findings) {
    return findings.stream().filter(finding -> finding.level() == level).toList();
  }

  private static void annotate(String command, List<Finding> findings, StringBuilder out) {
    int shown = findings.size() > MOST ? MOST - 1 : findings.size();
    findings.subList(0, shown).forEach(finding -> annotate(command, finding, out));
    if (shown < findings.size()) {
      out.append("::").append(command).append("::and ");
      out.append(findings.size() - shown).append(" more of this sort\n");
    }
  }

  private static void annotate(String command, Finding finding, StringBuilder out) {
    out.append("::").append(command).append(' ');
    finding.origin().ifPresent(origin -> place(origin, out));
    out.append("title=").append(property(finding.rule().id())).append("::");
    out.append(message(shortened(Printable.of(finding.sentence())))).append('\n');
  }

  private static void place(Origin origin, StringBuilder out) {
    out.append("file=").append(property(origin.file())).append(',');
    if (origin.line() > 0) {
      out.append("line=").append(origin.line()).append(',');
    }
  }

  /** A runner cuts what is longer and does not say so; it counts UTF-16. */
  private static String shortened(String text) {
    if (text.length() <= LENGTH) {
      return text;
    }
    int end = LENGTH - MORE.length();
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end)
        + MORE;
  }

  private static String message(String text) {
    return Printable.of(text).replace("%", "%25");
  }

  private static String property(String text) {
    return message(text).replace(":", "%3A").replace(",", "%2C");
  }
}
