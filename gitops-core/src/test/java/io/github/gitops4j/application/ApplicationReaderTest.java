package io.github.gitops4j.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.gitops4j.diff.IgnoreRule;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.gate.DeletionLimit;
import io.github.gitops4j.gate.Gate;
import io.github.gitops4j.plan.DriftPolicy;
import io.github.gitops4j.plan.DriftRule;
import io.github.gitops4j.plan.PlanPolicy;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.ResourceSelector;
import io.github.gitops4j.source.TreeSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    assertThat(policy.gates()).singleElement().isInstanceOf(DeletionLimit.class);
    assertThat(policy.failed()).isEqualTo(FailedRevisionPolicy.retry());
    assertThat(policy.plan().pruning()).isEqualTo(PlanPolicy.Pruning.ON);
    assertThat(policy.plan().drift()).isEqualTo(DriftPolicy.REPORT);
    assertThat(policy.plan().ignoreRules()).hasSize(1).first().isInstanceOf(IgnoreRule.class);
  }

  private ApplicationPolicy policy(String keys) {
    return read(WHOLE.replace("maxDeletions: 20", keys)).get(0).policy();
  }

  private List<String> findingsIn(String keys) {
    return findings(WHOLE.replace("maxDeletions: 20", keys));
  }

  @Test
  void readsTheGates() {
    String keys =
        "windows: [{kind: deny, schedule: \"0 18 * * 5\", duration: 62h, timeZone: Europe/Berlin},"
            + " {kind: allow, schedule: \"0 8 * * 1-5\", duration: 9h, overrun: true}]\n"
            + "    soak: [{application: staging, for: 30m}]\n"
            + "    signers: [ada]\n"
            + "    requireApproval: true";
    assertThat(policy(keys).gates())
        .extracting(Gate::name)
        .containsExactly("deletion-limit", "signed-by", "windows", "soak", "approval");
  }

  @Test
  void readsWhatIsDoneAboutDrift() {
    assertThat(
            read(WHOLE.replace("selfHeal: false", "selfHeal: leave"))
                .get(0)
                .policy()
                .plan()
                .drift())
        .isEqualTo(DriftPolicy.LEAVE);
    PlanPolicy plan =
        policy(
                "selfHealRules: [{kind: Deployment, name: web, paths: [/spec/replicas], mode: leave},"
                    + " {namespace: \"dev-*\", mode: correct}]")
            .plan();
    assertThat(plan.driftRules())
        .containsExactly(
            new DriftRule(
                ResourceSelector.builder().kind("Deployment").name("web").build(),
                List.of(FieldPath.parse("/spec/replicas")),
                DriftPolicy.LEAVE),
            new DriftRule(
                ResourceSelector.builder().namespace("dev-*").build(),
                List.of(),
                DriftPolicy.CORRECT));
    assertThat(findings(WHOLE.replace("selfHeal: false", "selfHeal: sometimes")))
        .containsExactly(
            "app.yaml:12: spec.policy.selfHeal: expected correct, report or leave, not sometimes");
    assertThat(findingsIn("selfHealRules: [{kind: Deployment}]"))
        .first()
        .asString()
        .startsWith("app.yaml:13: spec.policy.selfHealRules[0].mode: missing");
  }

  @Test
  void readsWhatIsDoneAboutARevisionThatFailed() {
    assertThat(policy("retry: {attempts: 3, rescuedByDrift: true}").failed())
        .isEqualTo(new FailedRevisionPolicy(OptionalInt.of(3), true, Optional.empty()));
    assertThat(policy("retry: {attempts: 3}").failed())
        .isEqualTo(FailedRevisionPolicy.giveUpAfter(3));
    assertThat(policy("rollback: {within: 10m}").failed())
        .isEqualTo(FailedRevisionPolicy.retry().rollingBack(Duration.ofMinutes(10)));
    assertThat(findingsIn("rollback: {}"))
        .singleElement()
        .asString()
        .startsWith("app.yaml:13: spec.policy.rollback.within: expected how long after");
    assertThat(findingsIn("retry: {attempts: 0}"))
        .containsExactly("app.yaml:13: spec.policy.retry.attempts: expected at least 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kind: deny, schedule: \"0 18 * *\", duration: 1h | schedule: expected five fields of cron",
        "kind: deny, schedule: \"0 0 31 2 *\", duration: 1h | schedule: expected a schedule that comes",
        "kind: deny, schedule: \"\", duration: 1h | schedule: expected text that is not empty",
        "kind: never, schedule: \"0 18 * * 5\", duration: 1h | kind: expected allow or deny, not never",
        "kind: deny, schedule: \"0 18 * * 5\" | duration: expected how long it lasts",
        "kind: deny, schedule: \"0 18 * * 5\", duration: 0h | duration: expected how long it lasts",
        "kind: deny, schedule: \"0 18 * * 5\", duration: 1h, timeZone: Berlin | timeZone: expected a time",
        "kind: deny, schedule: \"0 18 * * 5\", duration: 1h, manual: true | manual: unknown key"
      })
  void aWindowThatIsNoneIsNamedWithItsLine(String window, String problem) {
    assertThat(findingsIn("windows: [{" + window + "}]"))
        .singleElement()
        .asString()
        .startsWith("app.yaml:13: spec.policy.windows[0]." + problem);
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
