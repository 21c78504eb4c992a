package io.github.gitops4j.cli;

import io.github.gitops4j.call.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** The page {@code docs/cli.md}, taken apart. */
final class CliPage {
  private static final String FILE = "```yaml file=";

  private final Map<String, String> files = new LinkedHashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<String> prose = new ArrayList<>();

  /** A command and what it says. */
  record Step(String command, String said) {}

  private CliPage() {}

  static CliPage read() throws IOException {
    CliPage page = new CliPage();
    List<String> lines =
        Files.readAllLines(Path.of(System.getProperty("gitops.root"), "docs/cli.md"));
    int at = 0;
    while (at < lines.size()) {
      String line = lines.get(at);
      int end = at + 1;
      if (line.startsWith("```")) {
        end += lines.subList(end, lines.size()).indexOf("```");
        page.block(line, lines.subList(at + 1, end));
        end++;
      } else {
        page.prose.add(line);
      }
      at = end;
    }
    return page;
  }

  private void block(String head, List<String> lines) {
    if (head.startsWith(FILE)) {
      files.put(head.substring(FILE.length()), String.join("\n", lines) + "\n");
    } else if (head.equals("```console")) {
      for (String line : lines) {
        if (line.startsWith("$ ")) {
          steps.add(new Step(line.substring(2), ""));
        } else {
          Step last = steps.remove(steps.size() - 1);
          steps.add(new Step(last.command(), last.said() + line + "\n"));
        }
      }
    }
  }

  Map<String, String> files() {
    return files;
  }

  List<Step> steps() {
    return steps;
  }

  /** Returns the lines outside of blocks. */
  List<String> prose() {
    return prose;
  }

  /** Returns the command with all its verbs, of which none is run. */
  static CommandLine model() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    Console console =
        new Console(
            InputStream.nullInputStream(),
            nowhere,
            nowhere,
            Map.of(),
            Console.Screen.PIPE,
            Console.Screen.PIPE);
    return new GitopsCommand(console, new Cancellation()).model();
  }
}
