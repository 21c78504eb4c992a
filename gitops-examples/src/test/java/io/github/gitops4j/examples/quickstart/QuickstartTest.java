package io.github.gitops4j.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.report.Ink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  @TempDir Path temp;

  @Test
  void doesEveryStepAndTellsIt() throws IOException {
    Quickstart.run(temp, story(Ink.PLAIN));
    String told = bytes.toString(StandardCharsets.UTF_8);
    assertThat(told)
        .contains("+ create     shop.yaml")
        .contains("updated      shop.yaml  (what was there is in .gitops/quarantine/")
        .contains("pruned       jobs/nightly.yaml")
        .contains("pinned to ")
        .contains("left: [feature-flags.json, my-edit.yaml, shop.yaml]")
        .doesNotContain("\u001b");
    assertThat(told.lines().filter(line -> line.matches("[0-9]+\\. .*"))).hasSize(10);
  }

  @Test
  void colorsOnlyIfAskedTo() throws IOException {
    Quickstart.run(temp, story(Ink.COLORED));
    assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("\u001b[1m");
  }

  @Test
  void endsIfAStepDidNotDoWhatItSays() {
    Story story = story(Ink.PLAIN);
    story.step("A step", "It says something.");
    assertThatThrownBy(() -> story.check(false, "the truth"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("step 1: expected the truth");
  }

  private Story story(Ink ink) {
    return new Story(new PrintStream(bytes, true, StandardCharsets.UTF_8), ink);
  }
}
