package io.github.gitops4j.kubernetes.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.health.Health;
import io.github.gitops4j.health.HealthInput;
import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.kubernetes.health.HealthRule;
import io.github.gitops4j.kubernetes.health.KubernetesHealth;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.YamlReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CelHealthRuleTest {
  private static final ResourceKey KEY =
      ResourceKey.of("example.com", "Database", "shop", "orders");

  private static final HealthRule RULE =
      CelHealthRule.builder("status.state == 'ready' && status.ready >= spec.size")
          .suspended("has(spec.paused) && spec.paused")
          .progressing("metadata.generation != status.observedGeneration")
          .degraded("status.state in ['failed', 'lost']")
          .reason("object.status.message")
          .build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spec: {size: 2}, status: {observedGeneration: 1, state: ready, ready: 2} | HEALTHY",
        "spec: {size: 2}, status: {observedGeneration: 1, state: ready, ready: 1} | PROGRESSING",
        "spec: {size: 2}, status: {observedGeneration: 0, state: ready, ready: 2} | PROGRESSING",
        "spec: {size: 2}, status: {observedGeneration: 0, state: failed}          | PROGRESSING",
        "spec: {size: 2}, status: {observedGeneration: 1, state: lost}            | DEGRADED",
        "spec: {paused: true}, status: {observedGeneration: 0, state: failed}     | SUSPENDED",
        "spec: {size: 2}                                                          | PROGRESSING",
        "status: 7                                                                | PROGRESSING",
        "spec: {size: two}, status: {observedGeneration: 1, state: ready, ready: 2} | UNKNOWN",
      })
  void theFirstExpressionThatIsTrueDecides(String fields, Health health) {
    assertThat(judge(RULE, "{metadata: {generation: 1}, " + fields + "}").health())
        .isEqualTo(health);
  }

  @Test
  void theReasonIsWhatItsExpressionSays() {
    assertThat(
            judge(
                RULE,
                "{metadata: {generation: 1}, spec: {}, status: "
                    + "{observedGeneration: 1, state: failed, message: disk is full}}"))
        .isEqualTo(HealthReport.degraded("disk is full"));
    assertThat(
            judge(
                RULE, "{metadata: {generation: 1}, status: {observedGeneration: 1, state: lost}}"))
        .isEqualTo(HealthReport.degraded("the expression degraded of its rule is true"));
    assertThat(judge(RULE, "{status: {message: upgrading}}"))
        .isEqualTo(HealthReport.progressing("upgrading"));
    assertThat(judge(RULE, "{}"))
        .isEqualTo(HealthReport.progressing("no expression of its rule is true"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "self == object && kind == 'Database' && apiVersion == 'example.com/v1'",
        "status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')",
        "status.conditions.filter(c, c.type == 'Ready').all(c, c.status == 'True')",
        "status.share == 0.5 && status.share < 1 && status.many == 18446744073709551615u",
        "status.nothing == null && status.open && size(status.conditions) == 2",
        "metadata.name.startsWith('ord') && metadata.name.matches('^[a-z]+$')",
        "data.password != ''",
        "timestamp(status.since) < timestamp('2026-01-01T12:00:00Z')",
      })
  void expressionsReadEveryValue(String healthy) {
    String live =
        """
        apiVersion: example.com/v1
        kind: Database
        metadata: {name: orders}
        data: {password: hunter2}
        status:
          share: 0.5
          many: 18446744073709551615
          nothing: null
          open: true
          since: "2026-01-01T11:00:00Z"
          conditions:
          - {type: Synced, status: "False"}
          - {type: Ready, status: "True"}
        """;

    assertThat(judge(CelHealthRule.builder(healthy).build(), live))
        .isEqualTo(HealthReport.healthy());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "status.state ==           | healthy:1",
        "status.state == phase     | healthy:1:17: undeclared reference to 'phase'",
        "1 + 1                     | healthy:1:3: expected type 'bool' but found 'int'",
        "now() > 1                 | healthy:1:4: undeclared reference to 'now'",
      })
  void aWrongExpressionIsRefusedWithItsPlace(String healthy, String message) {
    assertThatThrownBy(() -> CelHealthRule.builder(healthy))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(message);
    assertThatThrownBy(() -> CelHealthRule.builder("true").degraded("false ||"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("degraded:1");
  }

  @Test
  void anExpressionThatIsTooLongIsRefused() {
    String longest = "true || ".repeat(600) + "true";

    assertThatThrownBy(() -> CelHealthRule.builder(longest))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("4096");
  }

  @Test
  void aLoopThatIsTooLongEndsAsUnknown() {
    HealthRule rule =
        CelHealthRule.builder(
                "status.list.all(a, status.list.all(b, status.list.all(c, a + b + c >= 0)))")
            .build();
    String list = "1, ".repeat(100) + "1";

    assertThat(judge(rule, "status: {list: [" + list + "]}"))
        .isEqualTo(
            HealthReport.of(
                Health.UNKNOWN,
                "the expression healthy of its rule failed: ITERATION_BUDGET_EXCEEDED"));
  }

  @Test
  void whatCannotBeEvaluatedIsUnknownAndKeepsValuesToItself() {
    HealthRule rule = CelHealthRule.builder("int(data.password) > 7").build();

    HealthReport report = judge(rule, "data: {password: hunter2}");

    assertThat(report.health()).isEqualTo(Health.UNKNOWN);
    assertThat(report.reason())
        .startsWith("the expression healthy of its rule failed: ")
        .doesNotContain("hunter2");
  }

  @Test
  void whatIsNeitherTrueNorFalseIsUnknown() {
    assertThat(judge(CelHealthRule.builder("status.ready").build(), "status: {ready: 'yes'}"))
        .extracting(HealthReport::health)
        .isEqualTo(Health.UNKNOWN);
  }

  private static HealthReport judge(HealthRule rule, String yaml) {
    Document document =
        YamlReader.create()
            .read("live.yaml", yaml.getBytes(StandardCharsets.UTF_8))
            .get(0)
            .document();
    Observation live =
        new Observation.Present(
            new LiveResource(KEY, "1", document.digest(), "uid", "", Optional.of(document)));
    return KubernetesHealth.builder()
        .rule("example.com", "Database", rule)
        .build()
        .assess(new HealthInput(KEY, live, Instant.EPOCH, Instant.EPOCH));
  }
}
