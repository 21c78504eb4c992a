package io.github.gitops4j.cli;

import io.github.gitops4j.call.Cancellation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a command in this process did.
 *
 * @param exit its exit code
 * @param out what it said
 * @param err what it complained about
 */
record CommandRun(int exit, String out, String err) {
  /** Runs a command whose standard input is empty. */
  static CommandRun of(String... arguments) {
    return reading("", arguments);
  }

  /** Runs a command with a standard input. */
  static CommandRun reading(String input, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of(),
            Console.Screen.PIPE,
            Console.Screen.PIPE);
    int exit = new GitopsCommand(console, new Cancellation()).run(arguments);
    return new CommandRun(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
