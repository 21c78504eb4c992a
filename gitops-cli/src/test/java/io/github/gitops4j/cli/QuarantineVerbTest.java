package io.github.gitops4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QuarantineVerbTest {
  @TempDir Path directory;

  @BeforeEach
  void keepOneEditAside() throws IOException {
    Files.createDirectories(directory.resolve("desired"));
    Files.createDirectories(directory.resolve("live"));
    Files.writeString(directory.resolve("desired/a.txt"), "declared");
    Files.writeString(
        directory.resolve("app.yaml"),
        """
        apiVersion: gitops4j.github.io/v1alpha1
        kind: Application
        metadata: {name: shop}
        spec:
          source: {directory: {path: desired}}
          target: {filesystem: {root: live}}
        """);
    run("apply");
    Files.writeString(directory.resolve("live/a.txt"), "edited");
    run("apply");
    assertThat(directory.resolve("live/a.txt")).hasContent("declared");
  }

  @Test
  void listShowsWhatIsKeptAndRestorePutsItElsewhere() throws IOException {
    CommandRun list = run("quarantine", "list");
    assertThat(list.exit()).isZero();
    assertThat(list.out())
        .matches("(?s)application shop\n {2}kept         [^/ ]+/a\\.txt\n")
        .hasLineCount(2);

    CommandRun back = run("quarantine", "restore", id(), "--to", "kept/a.edited");
    assertThat(back.exit()).isZero();
    assertThat(back.out()).contains("restored").contains("(as kept/a.edited)");
    assertThat(directory.resolve("live/kept/a.edited")).hasContent("edited");
    assertThat(directory.resolve("live/a.txt")).hasContent("declared");
    assertThat(run("quarantine", "list").out()).contains("nothing is kept aside");
  }

  @Test
  void restoreNeverOverwrites() throws IOException {
    CommandRun run = run("quarantine", "restore", id());

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out())
        .contains("failed a.txt: something is there; name another place with --to");
    assertThat(directory.resolve("live/a.txt")).hasContent("declared");
    assertThat(run("quarantine", "list").out()).contains("/a.txt");
  }

  @Test
  void restoreTakesThePlaceThatReportsName() throws IOException {
    Files.delete(directory.resolve("live/a.txt"));

    assertThat(run("quarantine", "restore", ".gitops/quarantine/" + id()).exit()).isZero();
    assertThat(directory.resolve("live/a.txt")).hasContent("edited");
  }

  @Test
  void unknownIdAndPlaceOutsideAreErrors() throws IOException {
    assertThat(run("quarantine", "restore", "nothing/a.txt").out())
        .contains("nothing/a.txt: not in quarantine");
    for (String outside : new String[] {"../a.txt", "/tmp/a.txt", ".gitops/a.txt"}) {
      CommandRun run = run("quarantine", "restore", id(), "--to", outside);
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.out()).contains("no path below the root");
    }
    assertThat(directory.resolve("a.txt")).doesNotExist();
  }

  @Test
  void verbWithoutAWordIsAnErrorAndJsonHasTheIds() {
    assertThat(run("quarantine").err())
        .isEqualTo("gitops: expected list or restore\ngitops: see gitops quarantine --help\n");
    assertThat(run("quarantine", "list", "-o", "json").out())
        .contains("\"quarantine\":[{\"id\":\"")
        .contains("\"key\":{\"kind\":\"File\",\"name\":\"a.txt\"}");
  }

  private String id() throws IOException {
    return run("quarantine", "list").out().replaceAll("(?s).*kept +([^ \n]+)\n.*", "$1");
  }

  private CommandRun run(String... arguments) {
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "-f";
    all[arguments.length + 1] = directory.resolve("app.yaml").toString();
    return CommandRun.of(all);
  }
}
