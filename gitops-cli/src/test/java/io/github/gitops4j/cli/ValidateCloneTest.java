package io.github.gitops4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.testkit.git.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong at a revision of a clone, which needs no checkout of it. */
class ValidateCloneTest {
  private static final String GOOD =
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: z}\n";
  private static final String BAD = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: A_B}\n";

  @TempDir Path directory;

  private TestRepository repository;

  @BeforeEach
  void create() {
    repository = TestRepository.create(directory.resolve("shop.git"));
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private void application(String url, String path) throws IOException {
    Files.writeString(
        directory.resolve("app.yaml"),
        """
        apiVersion: gitops4j.github.io/v1alpha1
        kind: Application
        metadata: {name: shop}
        spec:
          source: {git: {url: "%s", path: %s}}
          target: {kubernetes: {kubeconfig: none, owner: tests/shop, namespace: shop}}
        """
            .formatted(url, path));
  }

  private String url() {
    return repository.uri().toString();
  }

  private CommandRun validate(String... arguments) {
    Stream<String> named = Stream.of("validate", "-f", directory.resolve("app.yaml").toString());
    return CommandRun.of(Stream.concat(named, Stream.of(arguments)).toArray(String[]::new));
  }

  private String place() {
    return directory.resolve("shop.git").toString();
  }

  @Test
  void aRevisionIsCheckedAsItIs() throws IOException {
    application(url(), "prod");
    String good = repository.commit().put("prod/a.yaml", GOOD).create();
    String bad = repository.commit().put("prod/b.yaml", BAD).create();

    CommandRun run = validate("--repository", place(), "--to", bad);

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).contains("! broken     b.yaml:3: ").contains("A_B");
    assertThat(validate("--repository", place(), "--to", good).exit()).isZero();
    repository.commit().put("prod/b.yaml", GOOD.replace("a}", "b}")).create();
    assertThat(validate("--repository", place()).out()).contains("2 declared");
  }

  @Test
  void theCloneIsTheOneAroundTheApplicationFile() throws IOException {
    Path inside = directory.resolve("shop.git/app.yaml");
    application(url(), "prod");
    Files.move(directory.resolve("app.yaml"), inside);
    String bad = repository.commit().put("prod/b.yaml", BAD).create();

    assertThat(CommandRun.of("validate", "-f", inside.toString(), "--to", bad).out())
        .contains(" b.yaml:3: ");
  }

  @Test
  void whatIsNotInTheCloneIsLeftOutAndNotConnectedTo() throws IOException {
    application("https://git.example.invalid/other.git", "prod");
    repository.commit().put("prod/b.yaml", BAD).create();

    CommandRun run = validate("--repository", place());

    assertThat(run.exit()).isZero();
    assertThat(run.out()).doesNotContain("b.yaml");
    assertThat(run.err()).contains("not in this repository: 1 application");
  }

  @Test
  void whatIsNotThereIsSaid() throws IOException {
    application(url(), "prdo");
    repository.commit().put("prod/a.yaml", GOOD).create();

    CommandRun directoryGone = validate("--repository", place());
    assertThat(directoryGone.exit()).isEqualTo(1);
    assertThat(directoryGone.out()).contains("has no directory prdo");
    for (List<String> wrong :
        List.of(
            List.of("--repository", place(), "--to", "nothing"),
            List.of("--repository", directory.toString()))) {
      CommandRun run = validate(wrong.toArray(String[]::new));
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.err()).startsWith("gitops: ");
    }
  }
}
