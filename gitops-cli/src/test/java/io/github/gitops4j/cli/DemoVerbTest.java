package io.github.gitops4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration does what it says, and what it leaves can be gone on with. */
class DemoVerbTest {
  @TempDir Path directory;

  private CommandRun gitops(String... arguments) {
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--cache-dir";
    all[arguments.length + 1] = directory.resolve("cache").toString();
    return CommandRun.of(all);
  }

  @Test
  void showsEachStepAndLeavesWhatItMade() throws IOException {
    Path place = directory.resolve("größer & more");

    CommandRun run = gitops("demo", place.toString());

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .containsSubsequence(
            "1. ",
            "2 to create",
            "2 created",
            "2. ",
            "preview from",
            "- prune      motd",
            "3. ",
            "out of sync",
            "kept aside",
            "kept  ",
            "4. ",
            "pinned to main@",
            "whole, 9 records")
        .doesNotContain("\u001b");
    assertThat(place.resolve("live/motd")).hasContent("Welcome");
    assertThat(place.resolve("live/shop.conf")).hasContent("port = 80");
    assertThat(place.resolve("live/banner")).doesNotExist();

    String file = place.resolve("app.yaml").toString();
    assertThat(gitops("unpin", "-f", file).exit()).isZero();
    assertThat(gitops("apply", "-f", file).exit()).isZero();
    assertThat(place.resolve("live/banner")).hasContent("Sale");
  }

  @Test
  void nothingThatIsThereIsTouched() throws IOException {
    Path mine = Files.writeString(directory.resolve("mine"), "mine");

    for (Path place : new Path[] {directory, mine}) {
      CommandRun run = gitops("demo", place.toString());

      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.err()).contains(place + ": expected a directory that is empty, or none");
    }
    assertThat(directory)
        .isDirectoryContaining("glob:**/mine")
        .isDirectoryNotContaining("glob:**/live");
  }
}
