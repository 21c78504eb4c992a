package io.github.gitops4j.tests.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.gitops4j.application.ApplicationReader;
import io.github.gitops4j.application.ApplicationSpec;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.diff.IgnoreRule;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.filesystem.FilesystemBackend;
import io.github.gitops4j.gate.Gate;
import io.github.gitops4j.git.GitBackend;
import io.github.gitops4j.git.GitCache;
import io.github.gitops4j.git.JGitIsolation;
import io.github.gitops4j.plan.DriftPolicy;
import io.github.gitops4j.plan.PlanPolicy;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.source.TreeSource;
import io.github.gitops4j.testkit.git.TestRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApplicationFileTest {
  private static final CallContext CALL = CallContext.withTimeout(Duration.ofMinutes(2));
  private static final String WINDOWS =
      "    windows: [{kind: deny, schedule: \"0 18 * * 5\", duration: 62h, timeZone: Europe/Berlin}]\n";

  /** Every key that an application may have one day, as the design shows them. */
  private static final String WHOLE =
      """
      apiVersion: gitops4j.github.io/v1alpha1
      kind: Application
      metadata: {name: shop-prod}
      spec:
        source:
          git: {url: "https://git.example.com/shop.git", ref: main, path: envs/prod, auth: {tokenFile: token}}
          verify: {mode: head, allowedSigners: signers.txt}
        target:
          filesystem: {root: %s}
        policy:
          interval: 60s
          prune: true
          selfHeal: true
          maxDeletions: 20
          ignore: [{kind: Deployment, paths: [/spec/replicas]}]
      """
          + WINDOWS
          + "  dependsOn: [platform]\n";

  @TempDir Path temp;
  private GitCache cache;
  private Path root;

  @BeforeEach
  void open() {
    cache = GitCache.builder(temp.resolve("cache"), JGitIsolation.install()).allowFile().build();
    root = temp.resolve("root");
  }

  @AfterEach
  void close() {
    cache.close();
  }

  private String whole() {
    return WHOLE.replace("%s", root.toString());
  }

  private List<ApplicationSpec> read(String yaml) {
    return ApplicationReader.of(
            List.of(GitBackend.bind(() -> cache), FilesystemBackend.source()),
            List.of(FilesystemBackend.target()))
        .read(temp.resolve("shop.yaml").toString(), yaml.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns all findings as {@code shop.yaml:line: problem}. */
  private List<String> findings(String yaml) {
    InvalidInputException first =
        catchThrowableOfType(InvalidInputException.class, () -> read(yaml));
    assertThat(first).isNotNull();
    return Stream.concat(Stream.of(first), Stream.of(first.getSuppressed()))
        .map(finding -> String.valueOf(finding.getMessage()).replace(temp + "/", ""))
        .toList();
  }

  @Test
  void everyKeyOfTheDesignIsRead() {
    ApplicationSpec spec = read(whole()).get(0);
    assertThat(spec.name()).isEqualTo("shop-prod");
    assertThat(spec.dependsOn()).containsExactly("platform");
    assertThat(spec.policy().interval()).isEqualTo(Duration.ofMinutes(1));
    assertThat(spec.policy().plan().pruning()).isEqualTo(PlanPolicy.Pruning.ON);
    assertThat(spec.policy().plan().drift()).isEqualTo(DriftPolicy.CORRECT);
    assertThat(spec.policy().plan().ignoreRules())
        .extracting(IgnoreRule::toString)
        .containsExactly("IgnoreRule[|Deployment|| [/spec/replicas]]");
    assertThat(spec.policy().gates())
        .extracting(Gate::name)
        .containsExactly("deletion-limit", "windows");
  }

  @Test
  void whatAFileDeclaresIsReconciledThroughTheRealBackends() throws IOException {
    Files.createDirectory(root);
    try (TestRepository repository = TestRepository.create(temp.resolve("origin.git"))) {
      repository.commit().put("envs/prod/a.txt", "one\n").put("envs/test/b.txt", "no\n").create();
      String yaml =
          whole()
              .replace(WINDOWS, "")
              .replace("https://git.example.com/shop.git", temp.resolve("origin.git").toUri() + "")
              .replace(", auth: {tokenFile: token}", "")
              .replace("    verify: {mode: head, allowedSigners: signers.txt}\n", "");
      ApplicationSpec spec = read(yaml).get(0);
      TreeSource source = spec.openSource();
      try (Target target = spec.openTarget()) {
        ReconcileReport report = spec.reconciler(source, target).build().reconcile(CALL);
        assertThat(report.converged()).as(report.toString()).isTrue();
        assertThat(root.resolve("a.txt")).hasContent("one\n");
        assertThat(root.resolve("b.txt")).doesNotExist();

        repository.commit().put("envs/prod/a.txt", "two\n").create();
        Files.writeString(root.resolve("foreign.txt"), "stays");
        assertThat(spec.reconciler(source, target).build().reconcile(CALL).converged()).isTrue();
        assertThat(root.resolve("a.txt")).hasContent("two\n");
        assertThat(root.resolve("foreign.txt")).hasContent("stays");
      }
    }
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "prune: true | prun: true | 12: spec.policy.prun: unknown key; did you mean prune?",
        "prune: true | prune: yes please | 12: spec.policy.prune: expected true or false",
        "maxDeletions: 20 | maxDeletions: many | 14: spec.policy.maxDeletions: expected a whole number, not negative",
        "interval: 60s | interval: 60 | 11: spec.policy.interval: expected text; put quotes around it",
        "paths: [/spec/replicas] | paths: [spec] | 15: spec.policy.ignore[0].paths: expected a field path",
        "ref: main | reff: main | 6: spec.source.git.reff: unknown key; did you mean ref?",
        "{mode: head | {mode: maybe | 7: spec.source.verify.mode: expected head or tag, not maybe",
        ", allowedSigners: signers.txt | '' | 7: spec.source.verify.allowedSigners: expected a file of those who may sign",
        "{name: shop-prod} | {} | 3: metadata.name: missing; expected text",
        "kind: Application | kind: Cluster | 2: kind: expected Application, not Cluster",
        "filesystem: | cluster: | 9: spec.target.cluster: unknown key",
        "[platform] | platform | 17: spec.dependsOn: expected a list",
      })
  void namesFileLineAndWhatWasExpected(String from, String to, String finding) {
    String good = whole();
    assertThat(good).contains(from);
    assertThat(findings(good.replace(from, to)))
        .anySatisfy(found -> assertThat(found).startsWith("shop.yaml:" + finding));
  }

  @Test
  void twoApplicationsOfOneNameAreRefusedAtTheSecond() {
    String good = whole().replace(WINDOWS, "");
    assertThat(findings(good + "---\n" + good))
        .containsExactly(
            "shop.yaml:18: expected another name: the application in shop.yaml:1 is called"
                + " shop-prod too");
  }
}
