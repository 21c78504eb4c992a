package io.github.gitops4j.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.apply.Effect;
import io.github.gitops4j.health.Health;
import io.github.gitops4j.plan.ActionKind;
import io.github.gitops4j.plan.HoldReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page of concepts explains each word that a report can contain. */
final class ConceptsPageTest {
  private static final Path ROOT =
      Path.of(System.getProperty("gitops.root", "..")).toAbsolutePath().normalize();

  @Test
  void explainsEveryAction() throws IOException {
    assertThat(words()).containsAll(names(ActionKind.values()));
  }

  @Test
  void explainsEveryReasonToHold() throws IOException {
    assertThat(words()).containsAll(names(HoldReason.values()));
  }

  @Test
  void namesEveryEffectAndEveryHealth() throws IOException {
    assertThat(words()).containsAll(names(Effect.values())).containsAll(names(Health.values()));
  }

  private static List<String> words() throws IOException {
    return List.of(Files.readString(ROOT.resolve("docs/concepts.md")).split("[^A-Z_]+"));
  }

  private static List<String> names(Enum<?>... values) {
    return Arrays.stream(values).map(Enum::name).toList();
  }
}
