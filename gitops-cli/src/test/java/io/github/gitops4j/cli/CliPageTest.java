package io.github.gitops4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The page shows each verb that there is, and names no option that there is not. */
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

    assertThat(sections).isEqualTo(new TreeSet<>(CliPage.model().getSubcommands().keySet()));
  }

  @Test
  void optionsThatAreNamedAreThere() throws IOException {
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
    addOptions(CliPage.model(), known);

    assertThat(known).containsAll(named);
  }

  @Test
  void everyVerbIsShown() throws IOException {
    String commands = CliPage.read().steps().toString();

    assertThat(CliPage.model().getSubcommands().keySet())
        .allSatisfy(verb -> assertThat(commands).contains("gitops " + verb));
  }

  private static void addOptions(CommandLine line, SortedSet<String> names) {
    line.getCommandSpec().options().forEach(option -> names.addAll(List.of(option.names())));
    line.getSubcommands().values().forEach(verb -> addOptions(verb, names));
  }
}
