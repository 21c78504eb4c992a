package io.github.gitops4j.kubernetes.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.health.Health;
import io.github.gitops4j.health.HealthAssessor;
import io.github.gitops4j.health.HealthInput;
import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.YamlReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class KubernetesHealthTest {
  private static final FieldPath STATE = FieldPath.parse("/status/state");
  private static final ResourceKey DATABASE =
      ResourceKey.of("example.com", "Database", "shop", "orders");
  private static final ResourceKey INGRESS =
      ResourceKey.of("networking.k8s.io", "Ingress", "shop", "web");

  @Test
  void aRuleOfTheUserIsAskedAboutItsKindOnly() {
    HealthAssessor health =
        KubernetesHealth.builder()
            .rule("example.com", "Database", (live, input) -> state(live))
            .build();

    assertThat(assess(health, DATABASE, "status: {state: upgrading}"))
        .isEqualTo(HealthReport.progressing("it is upgrading"));
    assertThat(assess(health, DATABASE, "status: {state: ready}"))
        .isEqualTo(HealthReport.healthy());
    assertThat(assess(health, INGRESS, "status: {state: ready}").health())
        .isEqualTo(Health.PROGRESSING);
  }

  private static HealthReport state(Document live) {
    String state = live.text(STATE).orElse("new");
    return state.equals("ready")
        ? HealthReport.healthy()
        : HealthReport.progressing("it is " + state);
  }

  @Test
  void aRuleOfTheUserComesBeforeOursAndCanFallBackOnThem() {
    HealthRule addressless =
        (live, input) ->
            live.text(FieldPath.parse("/spec/ingressClassName")).orElse("").equals("inside")
                ? HealthReport.healthy()
                : KubernetesHealth.create().assess(input);
    HealthAssessor health =
        KubernetesHealth.builder().rule("networking.k8s.io", "Ingress", addressless).build();

    assertThat(assess(health, INGRESS, "spec: {ingressClassName: inside}"))
        .isEqualTo(HealthReport.healthy());
    assertThat(assess(health, INGRESS, "spec: {ingressClassName: outside}").health())
        .isEqualTo(Health.PROGRESSING);
  }

  @Test
  void aRuleOfTheUserIsNotAskedAboutWhatIsBeingDeletedOrNotThere() {
    HealthAssessor health =
        KubernetesHealth.builder()
            .rule("example.com", "Database", (live, input) -> HealthReport.healthy())
            .build();

    assertThat(
            assess(health, DATABASE, "metadata: {deletionTimestamp: '2026-01-01T00:00:00Z'}")
                .health())
        .isEqualTo(Health.TERMINATING);
    assertThat(assess(health, DATABASE, Observation.Absent.INSTANCE).health())
        .isEqualTo(Health.MISSING);
  }

  @Test
  void whatHasNoStatusIsJudgedByPresenceOnlyUnlessARuleSaysMore() {
    ResourceKey settings = ResourceKey.of("", "ConfigMap", "shop", "web");
    KubernetesHealth ruled =
        KubernetesHealth.builder()
            .rule("", "ConfigMap", (live, input) -> HealthReport.progressing("not filled yet"))
            .build();

    assertThat(KubernetesHealth.create().judgesPresenceOnly(settings)).isTrue();
    assertThat(KubernetesHealth.create().judgesPresenceOnly(INGRESS)).isFalse();
    assertThat(KubernetesHealth.create().judgesPresenceOnly(DATABASE)).isFalse();
    assertThat(ruled.judgesPresenceOnly(settings)).isFalse();
  }

  @Test
  void twoRulesForOneKindAreRefused() {
    KubernetesHealth.Builder builder =
        KubernetesHealth.builder().rule("", "Pod", (live, input) -> HealthReport.healthy());

    assertThatThrownBy(() -> builder.rule("", "Pod", (live, input) -> HealthReport.healthy()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is a rule for /Pod already");
  }

  private static HealthReport assess(HealthAssessor health, ResourceKey key, String yaml) {
    Document document =
        YamlReader.create()
            .read("live.yaml", yaml.getBytes(StandardCharsets.UTF_8))
            .get(0)
            .document();
    return assess(
        health,
        key,
        new Observation.Present(
            new LiveResource(key, "1", document.digest(), "uid", "", Optional.of(document))));
  }

  private static HealthReport assess(HealthAssessor health, ResourceKey key, Observation live) {
    return health.assess(new HealthInput(key, live, Instant.EPOCH, Instant.EPOCH));
  }
}
