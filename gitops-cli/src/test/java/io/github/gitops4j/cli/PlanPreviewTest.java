package io.github.gitops4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.testkit.git.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a change does, found from a clone without any target. */
class PlanPreviewTest {
  private static final String SECRET = "b3BlbiBzZXNhbWU=";

  @TempDir Path directory;

  private TestRepository repository;

  @BeforeEach
  void create() {
    repository = TestRepository.create(directory.resolve("r.git"));
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private void applications(String... documents) throws IOException {
    Files.writeString(directory.resolve("app.yaml"), String.join("---\n", documents));
  }

  private String filesystem(String name, String url, String path) {
    return application(name, url, path, "filesystem: {root: live}");
  }

  private static String application(String name, String url, String path, String target) {
    return String.join(
        "\n",
        List.of(
            "apiVersion: gitops4j.github.io/v1alpha1",
            "kind: Application",
            "metadata: {name: " + name + "}",
            "spec:",
            "  source: {git: {url: \"" + url + "\", path: " + path + "}}",
            "  target: {" + target + "}",
            ""));
  }

  private String url() {
    return repository.uri().toString();
  }

  private CommandRun plan(String... arguments) {
    List<String> all = new ArrayList<>(List.of("plan"));
    all.addAll(List.of("-f", directory.resolve("app.yaml").toString()));
    all.addAll(List.of("--repository", directory.resolve("r.git").toString()));
    all.addAll(List.of("--cache-dir", directory.resolve("cache").toString()));
    all.addAll(List.of(arguments));
    return CommandRun.of(all.toArray(String[]::new));
  }

  @Test
  void saysWhatAChangeDoesToTheApplicationsThatItTouches() throws IOException {
    applications(
        filesystem("shop", url(), "shop"),
        filesystem("blog", url(), "blog"),
        filesystem("other", "https://git.example.com/other.git", "x"));
    String from =
        repository
            .commit()
            .put("shop/a.conf", "1")
            .put("shop/b.conf", "1")
            .put("blog/x", "1")
            .create();
    String to =
        repository
            .commit()
            .put("shop/a.conf", "2")
            .remove("shop/b.conf")
            .put("shop/c", "1")
            .create();
    CommandRun run = plan("--from", from, "--to", to);
    assertThat(run.err())
        .contains("not touched by the change: 1 application")
        .contains("not in this repository: 1 application");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out())
        .contains("application shop\npreview from " + from.substring(0, 12))
        .contains("+ create     c\n")
        .contains("- prune      b.conf\n")
        .contains("~ update     a.conf\n")
        .contains("1 to create, 1 to update, 1 to prune\n")
        .doesNotContain("blog")
        .doesNotContain("digest");
    assertThat(directory.resolve("live")).doesNotExist();
    assertThat(directory.resolve("cache")).doesNotExist();

    CommandRun json = plan("--from", from, "--to", to, "-o", "json");
    assertThat(json.out()).contains("\"type\":\"preview\"").contains("\"from\":{\"id\":\"" + from);
    assertThat(plan("--from", to, "--to", to).exit()).isZero();
  }

  @Test
  void beginsWhereTheBranchesHaveParted() throws IOException {
    applications(filesystem("shop", url(), "shop"));
    String base = repository.commit().put("shop/a", "1").create();
    repository.refs().branch("change", base);
    repository.commit("change").put("shop/b", "1").create();
    repository.commit().put("shop/c", "1").create();
    assertThat(plan("--from", "main", "--to", "change").out()).contains("- prune      c");
    assertThat(plan("--from", "main", "--to", "change", "--merge-base").out())
        .contains("+ create     b\n  1 to create\n");
  }

  @Test
  void aDirectoryThatIsNewIsCreatedWholeAndOneThatVanishesIsHeld() throws IOException {
    applications(filesystem("shop", url(), "shop"));
    String from = repository.commit().put("other", "1").create();
    String to = repository.commit().put("shop/a", "1").create();
    assertThat(plan("--from", from, "--to", to).out()).contains("+ create     a\n  1 to create\n");
    assertThat(plan("--from", to, "--to", from).out()).contains("nothing at all is declared");
  }

  @Test
  void aClusterIsNotNeededAndSecretsAreNotShown() throws IOException {
    applications(
        application(
            "shop", url(), "k", "kubernetes: {kubeconfig: none, owner: a/b, namespace: shop}"));
    String definition =
        """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: gates.example.com}
        spec: {group: example.com, scope: Cluster, names: {kind: Gate, plural: gates}}
        """;
    String from =
        repository
            .commit()
            .put("k/crd.yaml", definition)
            .put("k/s.yaml", secret("b2xk"))
            .put("k/gone.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: gone}\n")
            .create();
    String to =
        repository
            .commit()
            .put("k/s.yaml", secret(SECRET))
            .remove("k/gone.yaml")
            .put("k/g.yaml", "apiVersion: example.com/v1\nkind: Gate\nmetadata: {name: main}\n")
            .create();
    CommandRun run = plan("--from", from, "--to", to);
    assertThat(run.exit()).as(run.err() + run.out()).isEqualTo(2);
    assertThat(run.out())
        .contains("+ create     Gate.example.com/main\n")
        .contains("- prune      ConfigMap/shop/gone\n")
        .contains("~ update     Secret/shop/s\n      /data/key: *** -> ***\n");
    for (String format : List.of("json", "markdown", "junit", "sarif", "text")) {
      assertThat(plan("--from", from, "--to", to, "-o", format).out())
          .contains("Secret")
          .doesNotContain(SECRET)
          .doesNotContain("open sesame");
    }
  }

  @Test
  void aHookRunsAgainAndAKindThatNobodyDefinesIsAWarning() throws IOException {
    applications(
        application(
            "shop", url(), "k", "kubernetes: {kubeconfig: none, owner: a/b, namespace: shop}"));
    String migration =
        """
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: migrate
          annotations:
            helm.sh/hook: pre-upgrade
        """;
    String from = repository.commit().put("k/job.yaml", migration).put("k/readme.md", "").create();
    String to =
        repository
            .commit()
            .put("k/boat.yaml", "{apiVersion: x.example.com/v1, kind: Boat, metadata: {name: b}}")
            .create();

    assertThat(plan("--from", from, "--to", to).out())
        .contains("> run_hook   Job.batch/shop/migrate\n  + create     Boat.x.example.com/shop/b\n")
        .contains("? warning")
        .contains("boat.yaml:1: no file defines the kind Boat of x.example.com");
  }

  @Test
  void aRemarkAndARenamedFileTouchNothing() throws IOException {
    applications(
        application(
            "shop", url(), "k", "kubernetes: {kubeconfig: none, owner: a/b, namespace: shop}"));
    String from = repository.commit().put("k/s.yaml", secret("b2xk")).create();
    String to =
        repository
            .commit()
            .remove("k/s.yaml")
            .put("k/t.yaml", "# moved\n" + secret("b2xk"))
            .create();

    CommandRun run = plan("--from", from, "--to", to);

    assertThat(run.exit()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("not touched by the change: 1 application");
  }

  private static String secret(String value) {
    return "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {key: " + value + "}\n";
  }

  @Test
  void aFileThatCannotBeUnderstoodIsAnErrorWithItsLine() throws IOException {
    applications(application("shop", url(), "k", "kubernetes: {kubeconfig: none, owner: a/b}"));
    String from = repository.commit().put("k/a.yaml", secret("eA==")).create();
    String to = repository.commit().put("k/a.yaml", "kind: Secret\nmetadata: [\n").create();
    CommandRun run = plan("--from", from, "--to", to);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).contains("! broken     a.yaml:").contains("prune withheld");
  }

  @Test
  void withoutAnOlderRevisionTheTargetIsLookedAt() throws IOException {
    applications(filesystem("shop", url(), "shop"));
    Files.createDirectories(directory.resolve("live"));
    repository.commit().put("shop/a", "1").create();
    String head = repository.commit().put("shop/b", "1").create();
    CommandRun run = plan("--to", "main^1");
    assertThat(run.exit()).as(run.err() + run.out()).isEqualTo(2);
    assertThat(run.out()).contains("plan to ").contains("1 to create, 0 in sync");
    assertThat(plan("--to", head).out()).contains("2 to create");
    assertThat(plan().out()).contains("2 to create");
    applications(filesystem("shop", url(), "shpo"));
    CommandRun wrongPath = plan("--to", head);
    assertThat(wrongPath.exit()).isEqualTo(1);
    assertThat(wrongPath.out()).contains("has no directory shpo");
  }

  @Test
  void wrongOptionsAreSaidSo() throws IOException {
    applications(filesystem("shop", url(), "shop"));
    repository.commit().put("shop/a", "1").create();
    assertThat(plan("--merge-base").err()).contains("--merge-base").contains("--from");
    assertThat(plan("--from", "main", "--out", "plan.json").err()).contains("--out");
    CommandRun unknown = plan("--from", "nobody", "--to", "main");
    assertThat(unknown.exit()).isEqualTo(1);
    assertThat(unknown.err()).contains("there is no commit nobody");
  }

  /** A stranger's change may name any address: a preview connects to none. */
  @Test
  void nothingIsReadFromElsewhere() throws IOException {
    String set =
        String.join(
            "\n",
            List.of(
                "apiVersion: gitops4j.github.io/v1alpha1",
                "kind: ApplicationSet",
                "metadata: {name: all}",
                "spec:",
                "  source: {git: {url: \"http://127.0.0.1:1/x.git\"}}",
                "  generators:",
                "    - directories: {paths: [\"*\"]}",
                "  template:",
                "    metadata: {name: \"${path.basename}\"}",
                "    spec:",
                "      source: {directory: {path: x}}",
                "      target: {filesystem: {root: live}}",
                ""));
    applications(set);
    repository.commit().put("shop/a", "1").create();
    CommandRun run = plan("--from", "main", "--to", "main");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err() + run.out()).contains("it is not in the clone that is looked at");
  }
}
