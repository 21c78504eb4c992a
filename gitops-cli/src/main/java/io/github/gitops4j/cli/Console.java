package io.github.gitops4j.cli;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * What a command may use of its process.
 *
 * @param in where input comes from, if a verb is told to read it
 * @param out where answers go
 * @param err where errors and progress go
 * @param environment the variables
 * @param screen what the streams are
 */
record Console(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    Screen screen) {
  /** Checks the parts. */
  Console {
    requireNonNull(in, "in");
    requireNonNull(out, "out");
    requireNonNull(err, "err");
    environment = Map.copyOf(environment);
    requireNonNull(screen, "screen");
  }

  /** Where the streams lead. */
  enum Screen {
    TERMINAL,
    PIPE
  }

  /** Says whether colors are welcome: on a terminal, unless NO_COLOR is set. */
  boolean colored() {
    return screen == Screen.TERMINAL && environment.getOrDefault("NO_COLOR", "").isEmpty();
  }

  String variable(String name) {
    return environment.getOrDefault(name, "");
  }
}
