package io.github.gitops4j.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page about metrics lists what the code has. */
class MetricsPageTest {
  private static final Pattern ROW =
      Pattern.compile("\\| `(gitops\\.[a-z.]+)` \\| (timer|counter|gauge) \\| ([^|]*) \\|.*");

  @Test
  void listsEveryMetricWithItsLabels() throws IOException {
    Path page = Path.of(System.getProperty("gitops.root"), "docs", "metrics.md");
    List<String> listed =
        Files.readAllLines(page).stream()
            .map(ROW::matcher)
            .filter(Matcher::matches)
            .map(row -> row.group(1) + " " + row.group(2) + " " + row.group(3).replace("`", ""))
            .toList();

    assertThat(listed)
        .containsExactlyElementsOf(
            Arrays.stream(Metric.values())
                .map(
                    metric ->
                        metric.meter()
                            + " "
                            + metric.type()
                            + " "
                            + (metric.labels().isEmpty()
                                ? "none"
                                : String.join(", ", metric.labels())))
                .toList());
  }
}
