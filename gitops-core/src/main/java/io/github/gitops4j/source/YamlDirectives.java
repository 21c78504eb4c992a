package io.github.gitops4j.source;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.DocumentStartEvent;

/** Refuses {@code %YAML} headers other than 1.1, as the reference does. */
final class YamlDirectives {
  private static final String YAML = "%YAML";
  private static final String VERSION = "1.1";

  private YamlDirectives() {}

  static void check(char[] text, DocumentStartEvent start, NodeBudget budget) {
    Mark from = start.getStartMark();
    if (!start.getExplicit() || text[from.getIndex()] != '%') {
      return;
    }
    int end = start.getEndMark().getIndex();
    String header = new String(text, from.getIndex(), end - from.getIndex());
    int line = from.getLine() + 1;
    for (String directive : header.split("\r\n|\r|\n", -1)) {
      if (directive.startsWith(YAML) && !isSupported(directive)) {
        throw budget.wrong(line, 1, "a %YAML header other than 1.1 is not supported");
      }
      line++;
    }
  }

  private static boolean isSupported(String directive) {
    String rest = directive.substring(YAML.length()).strip();
    return rest.equals(VERSION)
        || rest.startsWith(VERSION + " ")
        || rest.startsWith(VERSION + "\t");
  }
}
