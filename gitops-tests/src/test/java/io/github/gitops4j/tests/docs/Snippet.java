package io.github.gitops4j.tests.docs;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Java in a page. The line above it may be a comment that says what it needs:
 *
 * <ul>
 *   <li>{@code <!-- given: String url, Path directory -->} declares what the statements use;
 *   <li>{@code <!-- quoted from: path/of/Source.java -->} says where the same lines are compiled.
 * </ul>
 *
 * @param line line of the page on which the code begins
 * @param above the line above the code
 */
record Snippet(String page, int line, String above, String code) {
  private static final Pattern GIVEN = Pattern.compile("<!-- given: (.*) -->");
  private static final Pattern QUOTED = Pattern.compile("<!-- quoted from: (.*) -->");
  private static final Pattern TYPE =
      Pattern.compile(
          "^(public |final |abstract |sealed |static )*(class|record|interface|enum) \\w+",
          Pattern.MULTILINE);
  private static final Pattern MEMBER =
      Pattern.compile("^(@|public |private |static |protected )", Pattern.MULTILINE);
  private static final Pattern IMPORT = Pattern.compile("^import .*;$", Pattern.MULTILINE);
  private static final Pattern PACKAGE = Pattern.compile("^package .*;$", Pattern.MULTILINE);

  Optional<String> quotedFrom() {
    Matcher matcher = QUOTED.matcher(above.strip());
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Returns a whole compilation unit whose lines from {@link #codeBegins} on are the snippet. */
  String unit(String packageName, List<String> imports) {
    StringBuilder head = new StringBuilder("package " + packageName + ";");
    imports.forEach(name -> head.append(" import ").append(name).append(';'));
    IMPORT.matcher(code).results().forEach(found -> head.append(' ').append(found.group()));
    String body = PACKAGE.matcher(IMPORT.matcher(code).replaceAll("")).replaceAll("");
    if (TYPE.matcher(body).find()) {
      return head
          + "\n\n"
          + body.replaceAll("(?m)^public (?=.*(class|record|interface|enum) )", "");
    } else if (MEMBER.matcher(body).find()) {
      return head + "\nclass Snippet {\n" + body + "}\n";
    }
    return head + "\n" + method() + "\n" + body + "}}\n";
  }

  /** The line of {@link #unit} that is the first of the snippet. */
  static int codeBegins() {
    return 3;
  }

  private String method() {
    Matcher matcher = GIVEN.matcher(above.strip());
    String parameters = matcher.matches() ? matcher.group(1) : "";
    return "public class Snippet { public static void run(" + parameters + ") throws Exception {";
  }

  @Override
  public String toString() {
    return page + ":" + line;
  }
}
