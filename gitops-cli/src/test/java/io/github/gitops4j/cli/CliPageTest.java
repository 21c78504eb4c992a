package io.github.gitops4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The page names each verb and each option that there is, and no other. */
final class CliPageTest {
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])(--?[a-zA-Z][a-z-]*)");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  @Test
  void everyVerbHasASection() throws IOException {
    SortedSet<String> sections = new TreeSet<>();
    for (String line : CliPage.read().prose()) {
      Matcher code = CODE.matcher(line);
      while (line.startsWith("## ") && code.find()) {
        sections.add(code.group(1));
      }
    }

    assertThat(sections).isEqualTo(new TreeSet<>(model().getSubcommands().keySet()));
  }

  @Test
  void optionsAreThoseThatThereAre() throws IOException {
    SortedSet<String> named = new TreeSet<>();
    for (String line : CliPage.read().prose()) {
      Matcher code = CODE.matcher(line);
      while (code.find()) {
        Matcher option = OPTION.matcher(code.group(1));
        while (!code.group(1).contains("java ") && option.find()) {
          named.add(option.group(1));
        }
      }
    }
    SortedSet<String> known = new TreeSet<>();
    addOptions(model(), known);

    assertThat(named).isEqualTo(known);
  }

  @Test
  void everyVerbIsShown() throws IOException {
    String commands = CliPage.read().steps().toString();

    assertThat(model().getSubcommands().keySet())
        .allSatisfy(verb -> assertThat(commands).contains("gitops " + verb));
  }

  private static void addOptions(CommandLine line, SortedSet<String> names) {
    line.getCommandSpec().options().forEach(option -> names.addAll(List.of(option.names())));
    line.getSubcommands().values().forEach(verb -> addOptions(verb, names));
  }

  private static CommandLine model() {
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
