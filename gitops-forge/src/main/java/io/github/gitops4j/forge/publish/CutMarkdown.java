package io.github.gitops4j.forge.publish;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts Markdown at a line, and closes what is open there. */
final class CutMarkdown {
  private static final Pattern FENCE = Pattern.compile(" {0,3}(`{3,}|~{3,}).*");
  private static final Pattern DETAILS = Pattern.compile("</?details>");
  private static final int ROOM = 1_000;

  private String fence = "";
  private int details;

  private CutMarkdown() {}

  /** Returns the text if it fits, or as many of its lines as do, and how much is missing. */
  static String of(String text, int limit) {
    return text.length() <= limit ? text : new CutMarkdown().cut(text, limit);
  }

  private String cut(String text, int limit) {
    int end = Math.max(0, text.lastIndexOf('\n', Math.max(0, limit - ROOM)));
    text.substring(0, end).lines().forEach(this::see);
    StringBuilder cut = new StringBuilder(text.substring(0, end)).append('\n');
    if (!fence.isEmpty()) {
      cut.append(fence).append('\n');
    }
    int closers = Math.min(Math.max(0, details), 20);
    cut.append("\n</details>\n".repeat(closers));
    String rest = text.substring(end);
    cut.append("\n_Cut here: ").append(rest.codePointCount(0, rest.length()));
    String said = cut.append(" more characters do not fit._\n").toString();
    return said.length() <= limit ? said : "";
  }

  private void see(String line) {
    Matcher matcher = FENCE.matcher(line);
    if (matcher.matches()) {
      String run = matcher.group(1);
      if (fence.isEmpty()) {
        fence = run;
      } else if (run.startsWith(fence) && line.strip().equals(run)) {
        fence = "";
      }
    } else if (fence.isEmpty()) {
      Matcher tags = DETAILS.matcher(line);
      while (tags.find()) {
        details += tags.group().startsWith("</") ? -1 : 1;
      }
    }
  }
}
