package io.github.gitops4j.benchmarks;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The flags of a whole run, each written {@code --name=value}.
 *
 * @param values what was given
 */
record RunFlags(Map<String, String> values) {
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "files", "100000",
          "rounds", "5",
          "tmpfs", "/dev/shm",
          "disk", System.getProperty("java.io.tmpdir", "/tmp"),
          "only", "");

  static RunFlags parse(String[] arguments) {
    Map<String, String> values = new HashMap<>(DEFAULTS);
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (!argument.startsWith("--")
          || equals < 0
          || !DEFAULTS.containsKey(argument.substring(2, equals))) {
        throw new IllegalArgumentException(
            argument + ": it is none of --" + String.join("=, --", DEFAULTS.keySet()) + "=");
      }
      values.put(argument.substring(2, equals), argument.substring(equals + 1));
    }
    return new RunFlags(Map.copyOf(values));
  }

  int files() {
    return Integer.parseInt(value("files"));
  }

  int rounds() {
    return Integer.parseInt(value("rounds"));
  }

  Path tmpfs() {
    return Path.of(value("tmpfs"));
  }

  Path disk() {
    return Path.of(value("disk"));
  }

  /** Says whether a case was asked for: all are, unless some are named. */
  boolean wants(String caseName) {
    String only = value("only");
    return only.isEmpty() || caseName.contains(only);
  }

  private String value(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no flag " + name);
    }
    return value;
  }
}
