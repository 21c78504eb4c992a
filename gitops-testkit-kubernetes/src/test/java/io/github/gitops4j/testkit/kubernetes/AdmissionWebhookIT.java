package io.github.gitops4j.testkit.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ControlPlaneExtension.class)
class AdmissionWebhookIT {
  private static final String LABEL =
      "[{\"op\":\"add\",\"path\":\"/metadata/labels\",\"value\":{\"added\":\"here\"}}]";

  @Test
  void changesWhatIsWritten(ControlPlane plane, TestNamespace namespace) {
    try (AdmissionWebhook webhook =
        AdmissionWebhook.changing(
            plane, namespace, review -> review.contains("\"b\"") ? LABEL : "[]")) {
      long before = webhook.reviews();

      assertThat(apply(plane, namespace, "b").body()).contains("\"added\":\"here\"");
      assertThat(apply(plane, namespace, "a").body()).doesNotContain("added");
      assertThat(webhook.reviews()).isGreaterThanOrEqualTo(before + 2);
    }
  }

  @Test
  void refusesWhatIsWrittenUntilItIsTakenAway(ControlPlane plane, TestNamespace namespace) {
    AdmissionWebhook webhook = AdmissionWebhook.refusing(plane, namespace, "not today");
    PlaneAnswer refused = apply(plane, namespace, "a");

    webhook.close();

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("not today");
    assertThat(apply(plane, namespace, "a").status()).isEqualTo(201);
  }

  @Test
  void leavesOtherNamespacesAlone(ControlPlane plane, TestNamespace namespace) {
    try (AdmissionWebhook webhook = AdmissionWebhook.refusing(plane, namespace, "not today");
        TestNamespace other = TestNamespace.in(plane)) {
      assertThat(apply(plane, other, "a").status()).isEqualTo(201);
      assertThat(apply(plane, namespace, "a").isSuccess()).isFalse();
      assertThat(webhook.reviews()).isPositive();
    }
  }

  private static PlaneAnswer apply(ControlPlane plane, TestNamespace namespace, String name) {
    String yaml = "{apiVersion: v1, kind: ConfigMap, metadata: {name: " + name + "}, data: {}}";
    return plane.client().apply(namespace.core("configmaps/" + name), "test", yaml);
  }
}
