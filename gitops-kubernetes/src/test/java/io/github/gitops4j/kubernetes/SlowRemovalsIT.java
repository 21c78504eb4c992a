package io.github.gitops4j.kubernetes;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.health.Health;
import io.github.gitops4j.health.HealthAssessor;
import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.kubernetes.apply.DeletePropagation;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.testkit.InMemoryHistoryStore;
import io.github.gitops4j.testkit.InMemoryInventoryStore;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import io.github.gitops4j.testkit.kubernetes.PlaneClient;
import io.github.gitops4j.testkit.kubernetes.TestNamespace;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ControlPlaneExtension.class)
class SlowRemovalsIT {
  private static final String OWNER = "tests/removals";
  private static final int TRIES = 100;

  private final CallContext call = CallContext.withTimeout(Duration.ofMinutes(2));
  private final PlaneSite site;
  private final TestNamespace namespace;
  private final PlaneClient others;
  private final InMemoryTreeSource source = InMemoryTreeSource.empty();
  private final InMemoryInventoryStore inventory = InMemoryInventoryStore.ownedBy(OWNER);
  private final InMemoryHistoryStore history = new InMemoryHistoryStore();

  SlowRemovalsIT(ControlPlane plane) {
    this.site = PlaneSite.in(plane);
    this.namespace = site.namespace();
    this.others = plane.client();
  }

  @AfterEach
  void close() {
    site.close();
  }

  private Reconciler reconciler(DeletePropagation propagation) {
    KubernetesTarget target =
        KubernetesTarget.builder(site.client(), OWNER)
            .inventory(inventory)
            .history(history)
            .defaultNamespace(namespace.name())
            .propagation(propagation)
            .health(HealthAssessor.presence())
            .build();
    return Reconciler.builder(source, target).gates(List.of()).build();
  }

  private Reconciler reconciler() {
    return reconciler(DeletePropagation.BACKGROUND);
  }

  /** Makes an object live beside one that stays, and then declares it no longer. */
  private void appliedAndWithdrawn(String manifest) {
    source.commit(
        "declare",
        files -> {
          files.put("kept.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kept}\n");
          files.put("gone.yaml", manifest);
        });
    assertThat(reconciler().reconcileAndWait(call).converged()).isTrue();
    source.commit("withdraw", files -> files.remove("gone.yaml"));
  }

  private static String reason(ReconcileReport report, ResourceKey key) {
    assertThat(report.result()).isInstanceOf(PassResult.Awaiting.class);
    assertThat(report.failures()).isEmpty();
    assertThat(report.unhealthy()).containsOnlyKeys(key);
    HealthReport health = requireNonNull(report.unhealthy().get(key));
    assertThat(health.health()).isEqualTo(Health.TERMINATING);
    return health.reason();
  }

  private void converges(Reconciler reconciler) {
    ReconcileReport report = reconciler.reconcileAndWait(call);
    assertThat(report.converged()).as("%s", report).isTrue();
    assertThat(inventory.read(call).size()).isEqualTo(1);
  }

  private static String configMap(String name, String where, String finalizers) {
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s, namespace: %s, finalizers: %s}\n"
        .formatted(name, where, finalizers);
  }

  private static String deployment() {
    return """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: web}]}
        """;
  }

  private void awaitReplicaSet() {
    String path = namespace.path("apps/v1", "replicasets");
    for (int tries = 0; tries < TRIES; tries++) {
      if (others.get(path).body().contains("\"ownerReferences\"")) {
        return;
      }
      others.get(path + "?watch=true&timeoutSeconds=1");
    }
    throw new IllegalStateException("no ReplicaSet was made");
  }

  @Test
  void anObjectWithAFinalizerIsAwaitedAndTheFinalizerNamed() {
    appliedAndWithdrawn(configMap("a", namespace.name(), "[example.com/one, example.com/two]"));
    ResourceKey key = ResourceKey.of("", "ConfigMap", namespace.name(), "a");

    assertThat(reason(reconciler().reconcile(call), key))
        .isEqualTo("held by example.com/one, example.com/two");
    others.merge(
        namespace.core("configmaps/a"), "{\"metadata\": {\"finalizers\": [\"example.com/two\"]}}");
    assertThat(reason(reconciler().reconcile(call), key)).isEqualTo("held by example.com/two");
    assertThat(inventory.read(call).get(key)).isPresent();

    others.merge(namespace.core("configmaps/a"), "{\"metadata\": {\"finalizers\": null}}");
    converges(reconciler());
  }

  @Test
  void aNamespaceIsAwaitedUntilItIsEmpty() {
    String inner = namespace.name() + "-inner";
    appliedAndWithdrawn("apiVersion: v1\nkind: Namespace\nmetadata: {name: " + inner + "}\n");
    ResourceKey key = ResourceKey.of("", "Namespace", "", inner);

    assertThat(reason(reconciler().reconcile(call), key)).contains("held by kubernetes");

    converges(reconciler());
    assertThat(others.get("/api/v1/namespaces/" + inner).status()).isEqualTo(404);
  }

  @Test
  void aPodIsAwaitedUntilItsGraceIsOver() {
    appliedAndWithdrawn(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: p}
        spec:
          nodeName: a-node-that-never-ends-it
          terminationGracePeriodSeconds: 600
          containers: [{name: a, image: a}]
        """);
    ResourceKey key = ResourceKey.of("", "Pod", namespace.name(), "p");

    assertThat(reason(reconciler().reconcile(call), key)).isEqualTo("ending within 600 s");

    others.delete(namespace.core("pods/p") + "?gracePeriodSeconds=0");
    converges(reconciler());
  }

  @Test
  void whatAnObjectOwnsGoesFirstIfAsked() {
    appliedAndWithdrawn(deployment());
    awaitReplicaSet();
    Reconciler foreground = reconciler(DeletePropagation.FOREGROUND);
    ResourceKey key = ResourceKey.of("apps", "Deployment", namespace.name(), "web");

    assertThat(reason(foreground.reconcile(call), key)).isEqualTo("held by foregroundDeletion");

    converges(foreground);
    assertThat(others.get(namespace.path("apps/v1", "replicasets")).body())
        .doesNotContain("\"ownerReferences\"");
  }

  @Test
  void whatAnObjectOwnsStaysIfAsked() {
    appliedAndWithdrawn(deployment());
    awaitReplicaSet();
    Reconciler orphaning = reconciler(DeletePropagation.ORPHAN);
    ResourceKey key = ResourceKey.of("apps", "Deployment", namespace.name(), "web");

    assertThat(reason(orphaning.reconcile(call), key)).isEqualTo("held by orphan");

    converges(orphaning);
    assertThat(others.get(namespace.path("apps/v1", "replicasets")).body())
        .contains("\"name\":\"web-")
        .doesNotContain("\"ownerReferences\"");
  }

  @Test
  void anObjectThatHasToBeReplacedAndStaysIsAFailure() {
    String allowed =
        deployment()
            .replace(
                "{name: web}\nspec:",
                "{name: web, annotations: " + "{gitops4j.github.io/replace: if-immutable}}\nspec:");
    source.commit("declare", files -> files.put("web.yaml", allowed));
    assertThat(reconciler().reconcileAndWait(call).converged()).isTrue();
    String path = namespace.path("apps/v1", "deployments/web");
    others.merge(path, "{\"metadata\": {\"finalizers\": [\"example.com/held\"]}}");
    source.commit("change", files -> files.put("web.yaml", allowed.replace("app: web", "app: x")));

    ReconcileReport report = reconciler().reconcile(call);

    assertThat(report.failures())
        .singleElement()
        .satisfies(
            failed -> assertThat(failed.failure().message()).contains("held by example.com/held"));
    others.merge(path, "{\"metadata\": {\"finalizers\": null}}");
    assertThat(reconciler().reconcileAndWait(call).converged()).isTrue();
  }
}
