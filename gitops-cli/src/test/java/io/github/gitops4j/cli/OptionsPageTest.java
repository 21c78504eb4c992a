package io.github.gitops4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The page {@code docs/options.md} says what {@code --help} says. What it should be is in {@code
 * target/golden/options.md} after the test.
 */
final class OptionsPageTest {
  private static final String HEAD =
      """
      # Options

      Each option of [the command line](cli.md), as `--help` says it.

      ## Of every verb
      """;

  @Test
  void theOptionsAreThoseThatThereAre() throws IOException {
    CommandLine gitops = CliPage.model();
    StringBuilder page = new StringBuilder(HEAD);
    addOptions(gitops.getCommandSpec(), any -> true, page);
    SortedMap<String, CommandLine> verbs = new TreeMap<>(gitops.getSubcommands());
    verbs.forEach((name, verb) -> add(name, verb, page));
    Path made = Path.of("target/golden/options.md");
    Files.createDirectories(made.getParent());
    Files.writeString(made, page);

    assertThat(Path.of(System.getProperty("gitops.root"), "docs/options.md"))
        .hasContent(page.toString());
  }

  private static void add(String name, CommandLine verb, StringBuilder page) {
    Predicate<OptionSpec> own = option -> !option.inherited() && !isHelp(option);
    CommandSpec spec = verb.getCommandSpec();
    if (spec.options().stream().anyMatch(own) || !spec.positionalParameters().isEmpty()) {
      page.append("\n## `").append(name).append("`\n");
      addOptions(spec, own, page);
    }
    SortedMap<String, CommandLine> parts = new TreeMap<>(verb.getSubcommands());
    parts.forEach((part, line) -> add(name + " " + part, line, page));
  }

  /** It is said once, for all. */
  private static boolean isHelp(OptionSpec option) {
    return option.usageHelp() || option.versionHelp();
  }

  private static void addOptions(
      CommandSpec spec, Predicate<OptionSpec> which, StringBuilder page) {
    page.append("| option | meaning |\n|---|---|\n");
    spec.positionalParameters().forEach(operand -> addRow(operand.paramLabel(), operand, page));
    spec.options().stream()
        .filter(which)
        .sorted(Comparator.comparing(OptionSpec::longestName))
        .forEach(
            option -> {
              String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
              addRow(String.join(", ", List.of(option.names())) + value, option, page);
            });
  }

  private static void addRow(String name, ArgSpec argument, StringBuilder page) {
    String meaning =
        String.join(" ", argument.description())
            .replace("${DEFAULT-VALUE}", String.valueOf(argument.defaultValueString()))
            .replace("%n", " ");
    page.append("| `").append(name).append("` | ").append(meaning.strip()).append(" |\n");
  }
}
