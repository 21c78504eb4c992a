package io.github.gitops4j.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.gitops4j.diff.IgnoreRule;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.plan.DriftPolicy;
import io.github.gitops4j.plan.PlanPolicy;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.source.TreeSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ApplicationReaderTest {
  private static final String HEAD = "apiVersion: gitops4j.github.io/v1alpha1\nkind: Application\n";
  private static final String WHOLE =
      HEAD
          + """
          metadata: {name: shop-prod}
          spec:
            source:
              directory: {path: shop}
            target:
              filesystem: {root: /srv/shop}
            policy:
              interval: 60s
              prune: true
              selfHeal: false
              maxDeletions: 20
              ignore: [{kind: Deployment, paths: [/spec/replicas]}]
            dependsOn: [platform]
          """;

  private final ApplicationReader reader =
      ApplicationReader.of(
          List.of(ApplicationReaderTest.<TreeSource>opening("directory", "path")),
          List.of(ApplicationReaderTest.<Target>opening("filesystem", "root")));

  private static <T> Backend<T> opening(String name, String setting) {
    return Backend.bind(
        name,
        settings -> {
          String value = settings.text(setting);
          return () -> {
            throw new IllegalStateException("opened " + value);
          };
        });
  }

  private List<ApplicationSpec> read(String yaml) {
    return reader.read("app.yaml", yaml.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns all findings as {@code app.yaml:line: problem}. */
  private List<String> findings(String yaml) {
    InvalidInputException first =
        catchThrowableOfType(InvalidInputException.class, () -> read(yaml));
    assertThat(first).isNotNull();
    return Stream.concat(Stream.of(first), Stream.of(first.getSuppressed()))
        .map(Throwable::getMessage)
        .toList();
  }

  @Test
  void readsEveryPartOfAnApplication() {
    ApplicationSpec spec = read(WHOLE).get(0);
    assertThat(spec.name()).isEqualTo("shop-prod");
    assertThat(spec.dependsOn()).containsExactly("platform");
    ApplicationPolicy policy = spec.policy();
    assertThat(policy.interval()).isEqualTo(Duration.ofSeconds(60));
    assertThat(policy.maxDeletions()).isEqualTo(OptionalInt.of(20));
    assertThat(policy.plan().pruning()).isEqualTo(PlanPolicy.Pruning.ON);
    assertThat(policy.plan().drift()).isEqualTo(DriftPolicy.REPORT);
    assertThat(policy.plan().ignoreRules()).hasSize(1).first().isInstanceOf(IgnoreRule.class);
  }

  @Test
  void anUnknownKeyIsNamedWithItsLineAndTheNearestKnownOne() {
    assertThat(findings(WHOLE.replace("selfHeal", "selfHeel")))
        .singleElement()
        .asString()
        .startsWith("app.yaml:12:")
        .contains("selfHeel")
        .contains("selfHeal");
    assertThat(findings(WHOLE.replace("directory:", "directori:")))
        .anySatisfy(
            finding ->
                assertThat(finding).startsWith("app.yaml:6:").contains("directori", "directory"));
  }

  @Test
  void aWrongTypeIsNamedWithItsLineAndWhatWasExpected() {
    assertThat(findings(WHOLE.replace("prune: true", "prune: maybe")))
        .singleElement()
        .asString()
        .startsWith("app.yaml:11:")
        .contains("spec.policy.prune", "true or false");
    assertThat(findings(WHOLE.replace("interval: 60s", "interval: soon")))
        .singleElement()
        .asString()
        .startsWith("app.yaml:10:")
        .contains("interval");
    assertThat(findings(WHOLE.replace("maxDeletions: 20", "maxDeletions: -1")))
        .singleElement()
        .asString()
        .startsWith("app.yaml:13:");
    assertThat(findings(WHOLE.replace("{name: shop-prod}", "shop")))
        .first()
        .asString()
        .startsWith("app.yaml:3:")
        .contains("metadata", "mapping");
  }

  @Test
  void aMissingFieldIsNamedWithWhatWasExpected() {
    assertThat(findings(WHOLE.replace("{name: shop-prod}", "{}")))
        .singleElement()
        .asString()
        .contains("metadata.name", "missing");
    assertThat(findings(WHOLE.replace("{root: /srv/shop}", "{}")))
        .singleElement()
        .asString()
        .contains("root", "missing");
    assertThat(findings(WHOLE.replace("directory: {path: shop}", "{}")))
        .singleElement()
        .asString()
        .isEqualTo("app.yaml:5: spec.source: expected exactly one of [directory]");
  }

  @Test
  void everythingThatIsWrongIsReportedAtOnceInEveryDocument() {
    String broken =
        WHOLE.replace("prune: true", "prune: 1").replace("dependsOn:", "dependOn:")
            + "---\n"
            + WHOLE.replace("shop-prod", "other").replace("{root:", "{rot:");
    List<String> findings = findings(broken);
    assertThat(findings).anySatisfy(finding -> assertThat(finding).contains("prune"));
    assertThat(findings).anySatisfy(finding -> assertThat(finding).contains("dependOn"));
    assertThat(findings).anySatisfy(finding -> assertThat(finding).contains("rot"));
    assertThat(findings).allSatisfy(finding -> assertThat(finding).startsWith("app.yaml:"));
  }

  @Test
  void twoApplicationsOfOneNameAreRefusedAtTheSecond() {
    assertThat(findings(WHOLE + "---\n" + WHOLE))
        .singleElement()
        .asString()
        .startsWith("app.yaml:17:")
        .contains("shop-prod");
    assertThat(read(WHOLE + "---\n" + WHOLE.replace("shop-prod", "other"))).hasSize(2);
  }

  @Test
  void anotherFormAndAnEmptyFileAreRefused() {
    assertThat(findings(WHOLE.replace("v1alpha1", "v9")))
        .singleElement()
        .asString()
        .startsWith("app.yaml:1:")
        .contains("v1alpha1", "v9");
    assertThat(findings("")).singleElement().asString().contains("expected an application");
    assertThat(findings("- a\n")).first().asString().contains("expected a mapping");
  }
}
