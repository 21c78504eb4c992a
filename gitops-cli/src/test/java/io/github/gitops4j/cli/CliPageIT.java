package io.github.gitops4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command of the page says what the page shows. */
final class CliPageIT {
  private static final String ON_THE_PAGE = "/srv/shop";

  @TempDir Path directory;

  @Test
  void commandsSayWhatThePageShows() throws Exception {
    CliPage page = CliPage.read();
    for (Map.Entry<String, String> file : page.files().entrySet()) {
      write(directory.resolve(file.getKey()), file.getValue());
    }
    String path = GitopsProcess.packaged("gitops").getParent() + ":" + System.getenv("PATH");
    assertThat(page.steps()).hasSizeGreaterThan(15);

    for (CliPage.Step step : page.steps()) {
      CommandRun run =
          GitopsProcess.around(directory, "sh", "-c", step.command()).run(Map.of("PATH", path));

      assertThat(common(run.out() + run.err())).as(step.command()).isEqualTo(common(step.said()));
    }
  }

  /** Returns text without what differs in each run: ids, digests, times and the directory. */
  private String common(String text) {
    return text.replace(directory.toString(), ON_THE_PAGE)
        .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID")
        .replaceAll("[0-9a-f]{12,64}", "DIGEST")
        .replaceAll("[0-9-]{10}T[0-9:.]+Z", "TIME");
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text);
  }
}
