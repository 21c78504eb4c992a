package io.github.gitops4j.tests.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.application.ApplicationReader;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.control.ApplicationFiles;
import io.github.gitops4j.control.ApplicationStatus;
import io.github.gitops4j.control.Controller;
import io.github.gitops4j.control.DeclaredApplications;
import io.github.gitops4j.control.DeclaredApplications.Refreshed;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.filesystem.FilesystemBackend;
import io.github.gitops4j.git.GitBackend;
import io.github.gitops4j.git.GitCache;
import io.github.gitops4j.git.GitRef;
import io.github.gitops4j.git.GitUrl;
import io.github.gitops4j.git.JGitIsolation;
import io.github.gitops4j.resource.PathPatterns;
import io.github.gitops4j.source.TreeSource;
import io.github.gitops4j.testkit.ManualClock;
import io.github.gitops4j.testkit.git.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One Git repository: the set, its environments and what they consist of. */
class EnvironmentsFromGitTest {
  private static final CallContext CALL = CallContext.withTimeout(Duration.ofMinutes(2));

  @TempDir Path temp;
  private TestRepository repository;
  private GitCache cache;
  private ManualClock clock;
  private Controller controller;

  @BeforeEach
  void open() {
    repository = TestRepository.create(temp.resolve("origin.git"));
    cache = GitCache.builder(temp.resolve("cache"), JGitIsolation.install()).allowFile().build();
    clock = ManualClock.create();
    controller =
        Controller.builder(Runnable::run, clock).clock(clock).ticker(clock).jitter(() -> 0).build();
  }

  @AfterEach
  void close() {
    controller.close();
    cache.close();
    repository.close();
  }

  private String url() {
    return temp.resolve("origin.git").toUri().toString();
  }

  private DeclaredApplications declared() {
    ApplicationReader reader =
        ApplicationReader.of(
            List.of(GitBackend.bind(() -> cache)), List.of(FilesystemBackend.target()));
    TreeSource source = cache.source(GitUrl.parse(url())).build();
    return DeclaredApplications.of(
        controller,
        reader,
        ApplicationFiles.of(source, temp, PathPatterns.of(List.of("apps/*"), List.of())));
  }

  private String set(String generator, String name) {
    return """
        apiVersion: gitops4j.github.io/v1alpha1
        kind: ApplicationSet
        metadata: {name: shop}
        spec:
          generators: [%s]
          template:
            metadata: {name: "%s"}
            spec:
              source: {git: {url: "%s", path: "${path}", exclude: [env.yaml]}}
              target: {filesystem: {root: "%s/live/${path.basename}"}}
              policy: {onRemoval: prune}
        """
        .formatted(generator, name, url(), temp);
  }

  private void roots(String... names) throws IOException {
    for (String name : names) {
      Files.createDirectories(temp.resolve("live").resolve(name));
    }
  }

  private Path live(String file) {
    return temp.resolve("live").resolve(file);
  }

  private List<String> names() {
    return controller.statuses().stream().map(ApplicationStatus::name).toList();
  }

  @Test
  void aDirectoryThatIsCommittedIsAnApplicationAndOneThatIsGoneIsNone() throws IOException {
    roots("dev", "prod", "staging");
    repository
        .commit()
        .put("apps/set.yaml", set("{directories: {paths: [\"envs/*\"]}}", "shop-${path.basename}"))
        .put("envs/dev/port", "80\n")
        .put("envs/prod/port", "443\n")
        .create();
    DeclaredApplications declared = declared();
    Refreshed first = declared.refresh(CALL);
    assertThat(first.problems()).isEmpty();
    assertThat(first.added()).containsExactly("shop-dev", "shop-prod");
    assertThat(live("prod/port")).hasContent("443\n");

    repository.commit().put("envs/staging/port", "81\n").remove("envs/dev/port").create();
    Refreshed second = declared.refresh(CALL);
    assertThat(second.added()).containsExactly("shop-staging");
    assertThat(second.removed()).containsExactly("shop-dev");
    assertThat(live("staging/port")).hasContent("81\n");
    assertThat(live("dev/port")).doesNotExist();
  }

  @Test
  void aFileThatIsBrokenKeepsItsEnvironmentAndThePromotionOfTheOthersGoesOn() throws IOException {
    roots("dev", "prod");
    repository
        .commit()
        .put("apps/set.yaml", set("{files: {paths: [\"envs/*/env.yaml\"]}}", "${name}"))
        .put("envs/dev/env.yaml", "name: dev\n")
        .put("envs/dev/port", "80\n")
        .put("envs/prod/env.yaml", "name: prod\n")
        .put("envs/prod/port", "80\n")
        .create();
    DeclaredApplications declared = declared();
    assertThat(declared.refresh(CALL).added()).containsExactly("dev", "prod");
    assertThat(live("prod/env.yaml")).doesNotExist();

    repository
        .commit()
        .put("envs/prod/env.yaml", "name: \"prod\n")
        .put("envs/dev/port", "8080\n")
        .create();
    Refreshed refreshed = declared.refresh(CALL);
    assertThat(refreshed.problems())
        .extracting(Failure::message)
        .singleElement()
        .asString()
        .contains("origin.git", "/envs/prod/env.yaml:");
    assertThat(names()).containsExactly("dev", "prod");
    clock.advance(Duration.ofSeconds(61));
    assertThat(live("dev/port")).hasContent("8080\n");
    assertThat(live("prod/port")).hasContent("80\n");
  }

  @Test
  void aSetLooksIntoAnotherRepositoryAtItsOwnRevision() throws IOException {
    roots("dev");
    repository.commit().put("envs/dev/port", "80\n").create();
    repository.commit("config").unrelated().put("apps/.keep", "").create();
    String generator = "{directories: {paths: [\"envs/*\"]}}";
    repository
        .commit("config")
        .put(
            "apps/set.yaml",
            set(generator, "${path.basename}")
                .replace("  template:", "  source: {git: {url: \"" + url() + "\"}}\n  template:"))
        .create();
    TreeSource config =
        cache.source(GitUrl.parse(url())).ref(GitRef.parse("refs/heads/config")).build();
    ApplicationReader reader =
        ApplicationReader.of(
            List.of(GitBackend.bind(() -> cache)), List.of(FilesystemBackend.target()));
    DeclaredApplications declared =
        DeclaredApplications.of(controller, reader, ApplicationFiles.of(config, temp));
    Refreshed refreshed = declared.refresh(CALL);
    assertThat(refreshed.problems()).isEmpty();
    assertThat(refreshed.added()).containsExactly("dev");
    assertThat(live("dev/port")).hasContent("80\n");
  }
}
