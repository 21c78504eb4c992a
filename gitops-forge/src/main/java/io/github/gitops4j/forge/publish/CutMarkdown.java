package io.github.gitops4j.forge.publish;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts Markdown at a line, and closes what is open there. */
final class CutMarkdown {
  // After backticks there is no other backtick on the line that opens a fence, or it is a span.
  private static final Pattern FENCE = Pattern.compile("( {0,3})(`{3,}+(?!.*`)|~{3,}+).*");
  private static final Pattern DETAILS =
      Pattern.compile("</?details(?:\\s[^>]*)?>", Pattern.CASE_INSENSITIVE);
  // From here to the next blank line nothing is Markdown.
  private static final Pattern HTML =
      Pattern.compile("^ {0,3}</?(?:details|summary)\\b", Pattern.CASE_INSENSITIVE);
  private static final int ROOM = 1_000;

  private String fence = "";
  // In a list it says that the fence is in it.
  private String indent = "";
  private boolean comment;
  private boolean html;
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
      cut.append(indent).append(fence).append('\n');
    } else if (comment) {
      cut.append("-->\n");
    }
    int closers = Math.min(details, 20);
    cut.append("\n</details>\n".repeat(closers));
    String rest = text.substring(end);
    cut.append("\n_Cut here: ").append(rest.codePointCount(0, rest.length()));
    String said = cut.append(" more characters do not fit._\n").toString();
    return said.length() <= limit ? said : "";
  }

  private void see(String line) {
    html = !line.isBlank() && (html || (fence.isEmpty() && !comment && HTML.matcher(line).find()));
    Matcher matcher = FENCE.matcher(line);
    boolean isFence = !html && !comment && matcher.matches();
    if (!fence.isEmpty()) {
      closeFence(isFence ? matcher.group(2) : "", line);
    } else if (isFence) {
      indent = matcher.group(1);
      fence = matcher.group(2);
    } else {
      comment = comment ? !line.contains("-->") : !html && opensComment(line);
      Matcher tags = DETAILS.matcher(line);
      while (!comment && tags.find()) {
        details = Math.max(0, details + (tags.group().startsWith("</") ? -1 : 1));
      }
    }
  }

  private void closeFence(String run, String line) {
    if (run.startsWith(fence) && line.strip().equals(run)) {
      fence = "";
    }
  }

  private static boolean opensComment(String line) {
    int indent = line.length() - line.stripLeading().length();
    return indent < 4 && line.startsWith("<!--", indent) && !line.contains("-->");
  }
}
