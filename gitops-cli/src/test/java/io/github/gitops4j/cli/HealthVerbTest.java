package io.github.gitops4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HealthVerbTest {
  private static final String HEALTHY = shop("a", "[{type: Ready, status: 'True'}]");
  private static final String STALLED =
      shop("b", "[{type: Stalled, status: 'True', message: no such image}]");

  @TempDir Path directory;

  @Test
  void healthyObjectsAreDone() throws IOException {
    assertThat(CommandRun.of("health", file("a.yaml", HEALTHY)))
        .isEqualTo(new CommandRun(0, "  healthy      Shop.example.com/a\n", ""));
  }

  @Test
  void oneThatIsNotHealthyIsAFinding() throws IOException {
    assertThat(CommandRun.of("health", file("a.yaml", HEALTHY), file("b.yaml", STALLED)))
        .isEqualTo(
            new CommandRun(
                2,
                """
                  healthy      Shop.example.com/a
                  degraded     Shop.example.com/b  (Stalled is True: no such image)
                """,
                ""));
  }

  @Test
  void standardInputIsRead() {
    assertThat(CommandRun.reading(HEALTHY + "---\n" + STALLED, "health", "-", "-o", "json").out())
        .contains("\"health\":\"DEGRADED\"")
        .contains("\"health\":\"HEALTHY\"");
  }

  @Test
  void whatIsNoObjectIsUnknown() throws IOException {
    CommandRun run = CommandRun.of("health", file("a.yaml", "a: 1\n"));

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).contains("unknown").contains("a.yaml:1 is no Kubernetes object");
  }

  @Test
  void nothingToJudgeIsAnError() throws IOException {
    CommandRun run = CommandRun.of("health", file("a.yaml", "# nothing\n"));

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).endsWith("a.yaml: no object in it to judge\n").hasLineCount(1);
  }

  private static String shop(String name, String conditions) {
    return """
        apiVersion: example.com/v1
        kind: Shop
        metadata: {name: %s}
        status: {conditions: %s}
        """
        .formatted(name, conditions);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }
}
