package io.github.gitops4j.kubernetes.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.health.Health;
import io.github.gitops4j.health.HealthInput;
import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.YamlReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GenericHealthTest {
  private static final ResourceKey CUSTOM = ResourceKey.of("example.com", "Shop", "", "a");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{type: Ready, status: 'True'}                                       | HEALTHY",
        "{type: Ready, status: 'False'}                                      | PROGRESSING",
        "{type: Ready, status: Unknown}                                      | PROGRESSING",
        "{type: Ready}                                                       | PROGRESSING",
        "{type: Ready, status: 'False', reason: DependencyNotReady}          | PROGRESSING",
        "{type: Ready, status: 'False', reason: InstallFailed}               | DEGRADED",
        "{type: Ready, status: 'False', reason: InvalidSpec}                 | DEGRADED",
        "{type: Ready, status: 'False', reason: ErrGetKeyPair}               | DEGRADED",
        "{type: Ready, status: 'False', reason: DNSError}                    | DEGRADED",
        "{type: Ready, status: 'False', reason: RetryingAfterError}          | PROGRESSING",
        "{type: Ready, status: Unknown, reason: InstallFailed}               | PROGRESSING",
        "{type: Ready, status: 'True', reason: TestFailed}                   | HEALTHY",
        "{type: Reconciling, status: 'True'}, {type: Ready, status: 'True'}  | PROGRESSING",
        "{type: Reconciling, status: 'False'}, {type: Ready, status: 'True'} | HEALTHY",
        "{type: Stalled, status: 'True'}, {type: Ready, status: 'False'}     | DEGRADED",
        "{type: Ready, status: 'False'}, {type: Stalled, status: 'True'}     | DEGRADED",
        "{type: Reconciling, status: 'True'}, {type: Stalled, status: 'True'} | PROGRESSING",
        "{type: Available, status: 'True'}                                   | HEALTHY",
        "{type: Available, status: 'False'}, {type: Ready, status: 'True'}   | PROGRESSING",
        "{type: Progressing, status: 'True', reason: ReplicaSetUpdated}      | PROGRESSING",
        "{type: Progressing, status: 'True', reason: NewReplicaSetAvailable} | HEALTHY",
        "{type: Progressing, status: 'False', reason: AsExpected}            | HEALTHY",
        "{type: Available, status: 'False'}, "
            + "{type: Progressing, status: 'False', reason: ProgressDeadlineExceeded} | DEGRADED",
        "{type: Other, status: 'False'}                                      | HEALTHY",
        "7, [], {status: 'True'}                                             | HEALTHY",
      })
  void conditionsDecide(String conditions, Health health) {
    assertThat(assess(CUSTOM, "status: {conditions: [" + conditions + "]}").health())
        .isEqualTo(health);
  }

  @Test
  void deletionComesFirst() {
    assertThat(
            assess(
                    CUSTOM,
                    "metadata: {generation: 2, deletionTimestamp: '2026-01-01T00:00:00Z'}\n"
                        + "status: {observedGeneration: 1}")
                .health())
        .isEqualTo(Health.TERMINATING);
  }

  @Test
  void unobservedGenerationIsProgressingBeforeTheConditionsCount() {
    HealthReport report =
        assess(
            CUSTOM,
            "metadata: {generation: 3}\n"
                + "status: {observedGeneration: 2, conditions: [{type: Stalled, status: 'True'}]}");

    assertThat(report.health()).isEqualTo(Health.PROGRESSING);
    assertThat(report.reason()).isEqualTo("generation 3 is not observed yet");
  }

  @Test
  void missingGenerationOnEitherSideSaysNothing() {
    assertThat(assess(CUSTOM, "status: {observedGeneration: 2}").health())
        .isEqualTo(Health.HEALTHY);
    assertThat(assess(CUSTOM, "metadata: {generation: 2}\nstatus: {phase: Any}").health())
        .isEqualTo(Health.HEALTHY);
  }

  @Test
  void customResourceWithoutStatusIsGivenTimeToGetOne() {
    String young = "metadata: {creationTimestamp: '1969-12-31T23:59:55Z'}\nstatus: {}";

    assertThat(assess(CUSTOM, young))
        .isEqualTo(
            HealthReport.progressing("it has no status yet").until(Instant.ofEpochSecond(5)));
    assertThat(assess(CUSTOM, "metadata: {creationTimestamp: '1969-12-31T23:59:50Z'}"))
        .isEqualTo(HealthReport.healthy());
    assertThat(assess(CUSTOM, "spec: {}").health()).isEqualTo(Health.PROGRESSING);
  }

  @Test
  void kindOfTheServerNeedsNoStatus() {
    ResourceKey role = ResourceKey.of("rbac.authorization.k8s.io", "Role", "b", "a");

    assertThat(assess(role, "metadata: {creationTimestamp: '1969-12-31T23:59:59Z'}"))
        .isEqualTo(HealthReport.healthy());
  }

  @Test
  void conditionOfAnOlderGenerationSaysNothingYet() {
    String ready = "status: {conditions: [{type: Ready, status: 'True', observedGeneration: 1}]}";

    assertThat(assess(CUSTOM, "metadata: {generation: 2}\n" + ready).health())
        .isEqualTo(Health.PROGRESSING);
    assertThat(assess(CUSTOM, "metadata: {generation: 1}\n" + ready).health())
        .isEqualTo(Health.HEALTHY);
  }

  @Test
  void reasonQuotesTheCondition() {
    assertThat(
            assess(
                    CUSTOM,
                    "status: {conditions: [{type: Stalled, status: 'True', reason: BadSpec, "
                        + "message: no such repository}]}")
                .reason())
        .isEqualTo("Stalled is True: no such repository");
  }

  @Test
  void absentUnreadableAndUnknownContentAreThreeAnswers() {
    Failure failure = Failure.of(FailureCategory.FORBIDDEN, "not allowed");
    LiveResource bare = LiveResource.of(CUSTOM, "1", Document.of(read("{}").root()).digest());

    assertThat(assess(CUSTOM, Observation.Absent.INSTANCE).health()).isEqualTo(Health.MISSING);
    assertThat(assess(CUSTOM, new Observation.Unreadable(failure)))
        .isEqualTo(HealthReport.of(Health.UNKNOWN, "not allowed"));
    assertThat(assess(CUSTOM, new Observation.Present(bare)).health()).isEqualTo(Health.UNKNOWN);
  }

  private static HealthReport assess(ResourceKey key, String yaml) {
    Document document = read(yaml);
    return assess(
        key,
        new Observation.Present(
            new LiveResource(key, "1", document.digest(), "", "", Optional.of(document))));
  }

  private static HealthReport assess(ResourceKey key, Observation live) {
    return KubernetesHealth.create()
        .assess(new HealthInput(key, live, Instant.EPOCH, Instant.EPOCH.minus(Duration.ofDays(1))));
  }

  private static Document read(String yaml) {
    return YamlReader.create()
        .read("live.yaml", yaml.getBytes(StandardCharsets.UTF_8))
        .get(0)
        .document();
  }
}
