package io.github.gitops4j.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A line as a runner of GitHub reads it: what it does is decided by its beginning, and properties
 * end at a comma.
 *
 * @param name the command
 * @param properties what stands before the second pair of colons
 * @param data what stands after it
 */
record RunnerCommand(String name, Map<String, String> properties, String data) {
  static RunnerCommand read(String line) {
    String rest = line.stripLeading();
    if (!rest.startsWith("::") || rest.indexOf("::", 2) < 0) {
      throw new AssertionError("no command: " + line);
    }
    int end = rest.indexOf("::", 2);
    String head = rest.substring(2, end);
    int space = head.indexOf(' ');
    Map<String, String> properties = new LinkedHashMap<>();
    if (space > 0) {
      Arrays.stream(head.substring(space + 1).strip().split(",", -1))
          .map(pair -> pair.split("=", 2))
          .forEach(pair -> properties.put(pair[0], property(pair[1])));
    }
    return new RunnerCommand(
        space < 0 ? head : head.substring(0, space), properties, data(rest.substring(end + 2)));
  }

  private static String property(String text) {
    return text.replace("%0D", "\r")
        .replace("%0A", "\n")
        .replace("%3A", ":")
        .replace("%2C", ",")
        .replace("%25", "%");
  }

  private static String data(String text) {
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
  }
}
