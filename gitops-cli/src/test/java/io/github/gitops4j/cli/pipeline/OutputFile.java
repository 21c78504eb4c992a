package io.github.gitops4j.cli.pipeline;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads what a step wrote to {@code GITHUB_OUTPUT}. */
final class OutputFile {
  private OutputFile() {}

  static Map<String, String> read(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Iterator<String> lines = text.lines().iterator(); lines.hasNext(); ) {
      String line = lines.next();
      int equals = line.indexOf('=');
      int fence = line.indexOf("<<");
      if (fence > 0 && (equals < 0 || fence < equals)) {
        values.put(line.substring(0, fence), upTo(line.substring(fence + 2), lines));
      } else if (equals > 0) {
        values.put(line.substring(0, equals), line.substring(equals + 1));
      } else {
        throw new AssertionError("the runner refuses the line: " + line);
      }
    }
    return values;
  }

  private static String upTo(String delimiter, Iterator<String> lines) {
    StringBuilder value = new StringBuilder();
    while (lines.hasNext()) {
      String line = lines.next();
      if (line.equals(delimiter)) {
        return value.toString();
      }
      value.append(value.length() > 0 ? "\n" : "").append(line);
    }
    throw new AssertionError("no end of " + delimiter);
  }
}
