package io.github.gitops4j.kubernetes;

import static io.github.gitops4j.kubernetes.FaultScene.configMap;
import static io.github.gitops4j.kubernetes.FaultScene.undecided;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.apply.Effect;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.plan.HoldReason;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.testkit.kubernetes.AdmissionWebhook;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import io.github.gitops4j.testkit.kubernetes.TestNamespace;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects that the API server does not take, for reasons that are not the objects' own. */
@ExtendWith(ControlPlaneExtension.class)
class RefusalsIT {
  private final ControlPlane plane;
  private final FaultScene scene;
  private final TestNamespace other;

  RefusalsIT(ControlPlane plane) {
    this.plane = plane;
    this.scene = new FaultScene(plane);
    this.other = TestNamespace.in(plane);
  }

  @AfterEach
  void close() {
    other.close();
    scene.close();
  }

  @Test
  void whatAWebhookRefusesFailsWithItsReasonAndTheOthersGoOn() {
    scene.declare(configMap("a", "v"), elsewhere("v"));
    try (AdmissionWebhook webhook = AdmissionWebhook.refusing(plane, other, "not on a friday")) {
      ReconcileReport report = scene.pass();

      Failure failure = onlyFailure(report);
      assertThat(failure.message()).contains(other.name() + "/b: creating", "not on a friday");
      assertThat(report.effects()).containsEntry(Effect.CREATED, 1);
      assertThat(webhook.reviews()).isPositive();
    }
    scene.converge();
  }

  @Test
  void aChangeThatAWebhookRefusesIsHeldWithItsReason() {
    scene.declare(configMap("a", "v"), elsewhere("old"));
    scene.converge();
    scene.declare(configMap("a", "w"), elsewhere("new"));
    try (AdmissionWebhook webhook = AdmissionWebhook.refusing(plane, other, "not on a friday")) {
      ReconcileReport report = scene.pass();

      assertThat(report.plan().orElseThrow().holds())
          .singleElement()
          .satisfies(
              hold -> {
                assertThat(hold.reason()).isEqualTo(HoldReason.UNDECIDED);
                assertThat(hold.message()).contains("not on a friday");
              });
      assertThat(report.effects()).containsEntry(Effect.UPDATED, 1);
      assertThat(webhook.reviews()).isPositive();
    }
    scene.converge();
    assertThat(plane.client().get(other.core("configmaps/b")).body()).contains("\"new\"");
  }

  @Test
  void aNamespaceThatIsEndingTakesNothingNewAndTheOthersGoOn() {
    String held = other.core("configmaps/held");
    plane.client().apply(held, "them", configMap("held", "v"));
    plane.client().merge(held, "{\"metadata\": {\"finalizers\": [\"example.com/held\"]}}");
    plane.client().delete("/api/v1/namespaces/" + other.name());
    scene.declare(configMap("a", "v"), elsewhere("v"));

    ReconcileReport report = scene.pass();

    Failure failure = onlyFailure(report);
    assertThat(failure.category()).isEqualTo(FailureCategory.UNAVAILABLE);
    assertThat(failure.message()).contains("is being terminated");
    assertThat(report.effects()).containsEntry(Effect.CREATED, 1);
    assertThat(undecided(report)).isEmpty();
    plane.client().merge(held, "{\"metadata\": {\"finalizers\": null}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ConfigMap", "Secret"})
  void whatIsOverAQuotaFailsWithThatReasonAndFollowsWhenThereIsRoom(String kind) {
    String resources = kind.equals("Secret") ? "secrets" : "configmaps";
    String count = "count/" + resources;
    allow(count, 0);
    String refused =
        "apiVersion: v1\nkind: %s\nmetadata: {name: b, namespace: %s}\n"
            .formatted(kind, other.name());
    scene.declare(configMap("a", "v"), refused, configMap("c", "v"));

    ReconcileReport report = scene.pass();

    Failure failure = onlyFailure(report);
    assertThat(failure.category()).isEqualTo(FailureCategory.LIMIT_EXCEEDED);
    assertThat(failure.message())
        .startsWith(kind + "/" + other.name() + "/b: creating failed: ")
        .contains("exceeded", "quota");
    assertThat(report.effects()).containsEntry(Effect.CREATED, 2);
    assertThat(onlyFailure(scene.pass())).isEqualTo(failure);

    allow(count, 10);
    assertThat(scene.pass().effects()).containsEntry(Effect.CREATED, 1);
    scene.converge();
    assertThat(plane.client().get(other.core(resources + "/b")).status()).isEqualTo(200);
  }

  /** Sets the quota, and returns when the API server goes by it. */
  private void allow(String count, int hard) {
    String quota = other.core("resourcequotas/q");
    String limit = "\"hard\":{\"" + count + "\":\"" + hard + "\"}";
    String spec =
        "{\"apiVersion\": \"v1\", \"kind\": \"ResourceQuota\", \"metadata\": {\"name\": \"q\"},"
            + " \"spec\": {"
            + limit
            + "}}";
    assertThat(plane.client().apply(quota, "them", spec).isSuccess()).isTrue();
    Pattern known = Pattern.compile("\"status\":\\{" + Pattern.quote(limit));
    String watch =
        other.core("resourcequotas")
            + "?watch=true&timeoutSeconds=1&fieldSelector=metadata.name%3Dq";
    for (int tries = 0; !known.matcher(plane.client().get(quota).body()).find(); tries++) {
      assertThat(tries).isLessThan(60);
      plane.client().get(watch);
    }
  }

  private static Failure onlyFailure(ReconcileReport report) {
    assertThat(report.failures()).hasSize(1);
    ApplyOutcome.Failed failed = report.failures().get(0);
    return failed.failure();
  }

  private String elsewhere(String value) {
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b, namespace: %s}\ndata: {k: %s}\n"
        .formatted(other.name(), value);
  }
}
