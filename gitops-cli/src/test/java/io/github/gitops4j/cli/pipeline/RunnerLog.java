package io.github.gitops4j.cli.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the commands to the runner of GitHub out of what a step says. */
final class RunnerLog {
  private static final Pattern COMMAND = Pattern.compile("\\s*::([a-zA-Z-]+)( [^:]*)?::(.*)");
  private static final Pattern OLD_COMMAND = Pattern.compile(".*##\\[([a-z-]+)[^]]*](.*)");

  private final List<String> commands = new ArrayList<>();

  private RunnerLog() {}

  /** Returns the commands that the runner would carry out, such as {@code error file=a,line=1}. */
  static List<String> commands(String log) {
    RunnerLog read = new RunnerLog();
    String[] stopped = {""};
    log.lines().forEach(line -> stopped[0] = read.line(line, stopped[0]));
    return read.commands;
  }

  /** Returns the word that ends the silence; empty if commands are obeyed. */
  private String line(String line, String stopped) {
    if (!stopped.isEmpty()) {
      return line.strip().equals("::" + stopped + "::") ? "" : stopped;
    }
    Matcher command = COMMAND.matcher(line);
    if (command.matches() && command.group(1).equals("stop-commands")) {
      return command.group(3);
    }
    if (command.matches()) {
      String properties = command.group(2) == null ? "" : command.group(2);
      commands.add(command.group(1) + properties + "::" + command.group(3));
    }
    Matcher old = OLD_COMMAND.matcher(line);
    if (old.matches()) {
      commands.add(old.group(1) + "::" + old.group(2));
    }
    return "";
  }
}
