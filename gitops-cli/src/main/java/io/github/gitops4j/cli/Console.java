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
 * @param outScreen what the stream of answers is
 * @param errScreen what the stream of errors is
 */
record Console(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    Screen outScreen,
    Screen errScreen) {
  /** Checks the parts. */
  Console {
    requireNonNull(in, "in");
    requireNonNull(out, "out");
    requireNonNull(err, "err");
    environment = Map.copyOf(environment);
    requireNonNull(outScreen, "outScreen");
    requireNonNull(errScreen, "errScreen");
  }

  /** Where a stream leads. */
  enum Screen {
    TERMINAL,
    PIPE
  }

  /** Says whether colors are welcome: on a terminal, unless NO_COLOR is set. */
  boolean colored() {
    return outScreen == Screen.TERMINAL && environment.getOrDefault("NO_COLOR", "").isEmpty();
  }

  String variable(String name) {
    return environment.getOrDefault(name, "");
  }
}
