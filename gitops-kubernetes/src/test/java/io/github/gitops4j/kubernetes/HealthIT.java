package io.github.gitops4j.kubernetes;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.health.Health;
import io.github.gitops4j.health.HealthReport;
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
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ControlPlaneExtension.class)
class HealthIT {
  private static final int TRIES = 100;

  private final CallContext call = CallContext.withTimeout(Duration.ofMinutes(2));
  private final PlaneSite site;
  private final TestNamespace namespace;
  private final PlaneClient others;
  private final InMemoryTreeSource source = InMemoryTreeSource.empty();
  private final Reconciler reconciler;
  private Duration ahead = Duration.ZERO;

  HealthIT(ControlPlane plane) {
    this.site = PlaneSite.in(plane);
    this.namespace = site.namespace();
    this.others = plane.client();
    this.reconciler =
        Reconciler.builder(
                source,
                KubernetesTarget.builder(site.client(), "tests/health")
                    .inventory(InMemoryInventoryStore.ownedBy("tests/health"))
                    .history(new InMemoryHistoryStore())
                    .defaultNamespace(namespace.name())
                    .build())
            .clock(() -> Instant.now().plus(ahead))
            .gates(List.of())
            .build();
  }

  @AfterEach
  void close() {
    site.close();
  }

  private void declare(String file, String manifest) {
    source.commit("declare " + file, files -> files.put(file, manifest));
  }

  private ResourceKey key(String group, String kind, String name) {
    return ResourceKey.of(group, kind, namespace.name(), name);
  }

  private HealthReport healthOf(ResourceKey key) {
    return requireNonNull(reconciler.status(call).unhealthy().get(key), key.toString());
  }

  /** Asks again after each second in which the server may have had something to say. */
  private HealthReport await(ResourceKey key, Predicate<HealthReport> arrived) {
    for (int tries = 0; tries < TRIES; tries++) {
      HealthReport report = healthOf(key);
      if (arrived.test(report)) {
        return report;
      }
      others.get(namespace.core("pods?watch=true&timeoutSeconds=1"));
    }
    throw new IllegalStateException(key + " is still " + healthOf(key));
  }

  private static String settings(String annotations) {
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: after, annotations: "
        + annotations
        + "}\n";
  }

  @Test
  void aWaveWaitsForTheDeploymentBeforeIt() {
    declare(
        "web.yaml",
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
        """);
    declare("after.yaml", settings("{gitops4j.github.io/wave: '1'}"));

    ReconcileReport first = reconciler.reconcile(call);
    assertThat(first.result()).isInstanceOf(PassResult.Awaiting.class);
    assertThat(first.unhealthy()).containsOnlyKeys(key("apps", "Deployment", "web"));
    assertThat(others.get(namespace.core("configmaps/after")).status()).isEqualTo(404);

    assertThat(reconciler.reconcileAndWait(call).converged()).isTrue();
    assertThat(others.get(namespace.path("apps/v1", "deployments/web")).body())
        .contains("\"availableReplicas\":2");
    assertThat(others.get(namespace.core("configmaps/after")).status()).isEqualTo(200);
    assertThat(reconciler.status(call).unhealthy()).isEmpty();
  }

  @Test
  void aJobThatFailsEndsTheWait() {
    declare(
        "job.yaml",
        """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: migrate}
        spec:
          activeDeadlineSeconds: 1
          template:
            spec:
              nodeSelector: {no: such-node}
              restartPolicy: Never
              containers: [{name: migrate, image: migrate}]
        """);

    ReconcileReport report = reconciler.reconcileAndWait(call);

    assertThat(report.result()).isInstanceOf(PassResult.Failed.class);
    HealthReport job = requireNonNull(report.unhealthy().get(key("batch", "Job", "migrate")));
    assertThat(job.health()).isEqualTo(Health.DEGRADED);
    assertThat(job.reason()).contains("is True: Job was active longer than specified deadline");
  }

  @Test
  void aDeploymentWhosePodsAreRefusedIsDegradedIfThatLasts() {
    declare(
        "web.yaml",
        """
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: none}
        spec: {hard: {pods: "0"}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, annotations: {gitops4j.github.io/wave: '1'}}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: web}]}
        """);
    reconciler.reconcile(call);

    ResourceKey web = key("apps", "Deployment", "web");
    HealthReport first = await(web, found -> found.reason().startsWith("ReplicaFailure is True: "));
    assertThat(first.health()).isEqualTo(Health.PROGRESSING);
    assertThat(first.reason()).contains("quota");

    ahead = Duration.ofMinutes(1);
    assertThat(healthOf(web).health()).isEqualTo(Health.DEGRADED);
  }

  @Test
  void aLoadBalancerWithoutAnAddressIsAwaited() {
    declare(
        "service.yaml",
        """
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}
        """);

    assertThat(reconciler.reconcile(call).unhealthy())
        .containsEntry(
            key("", "Service", "web"),
            HealthReport.progressing("its load balancer has no address yet"));
  }
}
