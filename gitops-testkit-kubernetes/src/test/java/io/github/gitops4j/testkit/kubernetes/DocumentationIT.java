package io.github.gitops4j.testkit.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.testkit.kubernetes.ControlPlane.User;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The examples of {@code docs/testkit-kubernetes.md}. */
@ExtendWith(ControlPlaneExtension.class)
class DocumentationIT {
  @Test
  void appliesAConfigMap(ControlPlane plane, TestNamespace namespace) {
    String path = namespace.core("configmaps/settings");
    String yaml = "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {a: b}}";

    assertThat(plane.client().apply(path, "me", yaml).status()).isEqualTo(201);
    assertThat(plane.client().get(path).body()).contains("\"manager\":\"me\"");
  }

  @Test
  void comesThroughABusyServer(ControlPlane plane, TestNamespace namespace) {
    try (ApiFaultProxy proxy = ApiFaultProxy.to(plane)) {
      proxy.faults().next(ApiCall::isWrite, ApiFault.retryLater(429, Duration.ofSeconds(1)));

      writeThrough(proxy, plane, namespace);

      assertThat(proxy.count(ApiCall::isWrite)).isEqualTo(2);
    }
  }

  private static void writeThrough(
      ApiFaultProxy proxy, ControlPlane plane, TestNamespace namespace) {
    PlaneClient client = new PlaneClient(proxy.url(), plane.token(User.ADMIN), proxy.authority());
    String json = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"}}";
    while (client.post(namespace.core("configmaps"), json).status() == 429) {
      Thread.onSpinWait();
    }
  }
}
