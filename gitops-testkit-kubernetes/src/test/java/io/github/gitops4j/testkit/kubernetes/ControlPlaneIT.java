package io.github.gitops4j.testkit.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.testkit.kubernetes.ControlPlane.Feature;
import io.github.gitops4j.testkit.kubernetes.ControlPlane.User;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ControlPlaneExtension.class)
class ControlPlaneIT {
  private static final String DEPLOYMENT =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        replicas: 2
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec: {containers: [{name: web, image: web}]}
      """;

  @Test
  void aDeploymentBecomesAvailable(ControlPlane plane, TestNamespace namespace) {
    plane.requires(Feature.values());
    String path = namespace.path("apps/v1", "deployments") + "/web";

    assertThat(plane.client().apply(path, "test", DEPLOYMENT).status()).isEqualTo(201);

    String live = await(plane, path, body -> body.contains("\"availableReplicas\":2"));
    assertThat(live).contains("\"readyReplicas\":2");
  }

  @Test
  void aDeletedNamespaceGoesWithWhatIsInIt(ControlPlane plane) {
    plane.requires(Feature.CONTROLLERS);
    TestNamespace namespace = TestNamespace.in(plane);
    plane.client().apply(namespace.core("configmaps/a"), "test", configMap("a"));

    namespace.close();

    await(plane, "/api/v1/namespaces/" + namespace.name(), body -> body.contains("NotFound"));
  }

  @Test
  void aTestHasOneNamespaceOfItsOwn(ControlPlane plane, TestNamespace one, TestNamespace other) {
    assertThat(one).isSameAs(other);
    try (TestNamespace third = TestNamespace.in(plane)) {
      assertThat(third.name()).isNotEqualTo(one.name());
    }
  }

  @Test
  void theLimitedUserMayDoNothing(ControlPlane plane, TestNamespace namespace) {
    PlaneClient limited =
        new PlaneClient(plane.url(), plane.token(User.LIMITED), plane.authority());

    assertThat(limited.get(namespace.core("pods")).status()).isEqualTo(403);
    assertThat(plane.kubeconfig(User.LIMITED)).content().contains(plane.token(User.LIMITED));
    assertThat(plane.kubeconfig()).content().contains(plane.url().toString());
  }

  @Test
  void theLimitedUserMayDoWhatANamespaceAllows(ControlPlane plane, TestNamespace namespace) {
    PlaneClient limited =
        new PlaneClient(plane.url(), plane.token(User.LIMITED), plane.authority());

    namespace.allow("", List.of("pods", "configmaps"), List.of("list"));
    namespace.allow("apps", List.of("deployments"), List.of("get"));

    assertThat(limited.get(namespace.core("pods")).status()).isEqualTo(200);
    assertThat(limited.get(namespace.core("configmaps")).status()).isEqualTo(200);
    assertThat(limited.get(namespace.path("apps/v1", "deployments/none")).status()).isEqualTo(404);
    assertThat(limited.get(namespace.core("secrets")).status()).isEqualTo(403);
    assertThat(limited.get("/api/v1/namespaces/default/pods").status()).isEqualTo(403);
  }

  @Test
  void aKilledApiServerComesBackWithWhatItHad() {
    try (ControlPlane plane = ControlPlane.start()) {
      plane.client().apply("/api/v1/namespaces/default/configmaps/a", "test", configMap("a"));

      plane.killApiServer();

      assertThatThrownBy(() -> plane.client().get("/version"))
          .isInstanceOf(UncheckedIOException.class);
      plane.startApiServer();
      assertThat(plane.client().get("/api/v1/namespaces/default/configmaps/a").status())
          .isEqualTo(200);
    }
  }

  @Test
  void oldRevisionsAreGoneAfterACompaction() {
    try (ControlPlane plane = ControlPlane.builder().apiFlag("--watch-cache=false").start()) {
      String list = "/api/v1/namespaces/default/configmaps?resourceVersionMatch=Exact&limit=1";
      String path = "/api/v1/namespaces/default/configmaps/a";
      String first = revision(plane.client().apply(path, "test", configMap("a")).body());
      assertThat(plane.client().get(list + "&resourceVersion=" + first).status()).isEqualTo(200);
      plane.client().merge(path, "{\"data\":{\"key\":\"b\"}}");
      plane.client().merge(path, "{\"data\":{\"key\":\"c\"}}");

      plane.compact();

      assertThat(plane.client().get(list + "&resourceVersion=" + first).status()).isEqualTo(410);
      assertThat(
              plane
                  .client()
                  .get(
                      "/api/v1/namespaces/default/configmaps?watch=true&timeoutSeconds=5"
                          + "&resourceVersion="
                          + first)
                  .body())
          .contains("\"code\":410");
    }
  }

  @Test
  void aPausedApiServerAnswersLater() {
    try (ControlPlane plane = ControlPlane.start()) {
      plane.pauseApiServer();
      Thread call = new Thread(() -> plane.client().get("/version"));
      call.start();
      assertThat(call.isAlive()).isTrue();

      plane.resumeApiServer();

      assertThat(plane.client().get("/version").status()).isEqualTo(200);
    }
  }

  @Test
  void closingLeavesNothingBehindAndMayBeRepeated() {
    ControlPlane plane = ControlPlane.start();
    plane.close();

    plane.close();

    assertThat(Files.exists(plane.kubeconfig().getParent())).isFalse();
  }

  private static String await(ControlPlane plane, String path, Predicate<String> condition) {
    long end = System.nanoTime() + 60_000_000_000L;
    String body = plane.client().get(path).body();
    while (!condition.test(body)) {
      assertThat(System.nanoTime()).as(body).isLessThan(end);
      body = plane.client().get(path).body();
    }
    return body;
  }

  private static String configMap(String value) {
    return "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {key: " + value + "}}";
  }

  private static String revision(String json) {
    return json.replaceAll("(?s).*\"resourceVersion\":\"(\\d+)\".*", "$1");
  }
}
