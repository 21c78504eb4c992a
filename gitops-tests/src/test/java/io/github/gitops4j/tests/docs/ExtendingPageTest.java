package io.github.gitops4j.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.tests.docs.NumberedRules.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page of own parts has every numbered rule, in the words of the Javadoc. */
final class ExtendingPageTest {
  @Test
  void theTableOfRulesIsThatOfTheJavadoc() throws IOException {
    List<String> rows =
        Files.readAllLines(NumberedRules.ROOT.resolve("docs/extending.md")).stream()
            .filter(line -> line.matches("\\| [A-Z]+-\\d+ \\|.*"))
            .toList();
    assertThat(rows)
        .containsExactlyElementsOf(
            NumberedRules.ofInterfaces().stream().map(ExtendingPageTest::row).toList());
  }

  private static String row(Rule rule) {
    return "| " + rule.number() + " | `" + rule.type() + "` | " + rule.sentence() + " |";
  }
}
