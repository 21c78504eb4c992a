package io.github.gitops4j.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.health.HealthAssessor;
import io.github.gitops4j.inventory.InventoryStore;
import io.github.gitops4j.plan.HoldReason;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.testkit.InMemoryHistoryStore;
import io.github.gitops4j.testkit.InMemoryInventoryStore;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.kubernetes.ApiFaultProxy;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlane.User;
import io.github.gitops4j.testkit.kubernetes.PlaneAnswer;
import io.github.gitops4j.testkit.kubernetes.TestNamespace;
import java.time.Duration;
import java.util.List;

/**
 * An application that reaches its cluster through a proxy which fails on order, kept by processes
 * that come and go. Its inventory outlives them.
 */
final class FaultScene implements AutoCloseable {
  static final CallContext CALL = CallContext.unbounded();
  private static final int PASSES = 10;

  private final ControlPlane plane;
  private final ApiFaultProxy proxy;
  private final TestNamespace namespace;
  private final InMemoryTreeSource source = InMemoryTreeSource.empty();
  private final InMemoryHistoryStore history = new InMemoryHistoryStore();
  private final InventoryStore inventory;
  private KubernetesClient client;
  private KubernetesTarget target;
  private Reconciler process;

  FaultScene(ControlPlane plane) {
    this.plane = plane;
    this.proxy = ApiFaultProxy.to(plane);
    this.namespace = TestNamespace.in(plane);
    this.inventory = InMemoryInventoryStore.ownedBy(owner());
    start(config());
  }

  private String owner() {
    return "tests/" + namespace.name();
  }

  ApiFaultProxy proxy() {
    return proxy;
  }

  TestNamespace namespace() {
    return namespace;
  }

  InventoryStore inventory() {
    return inventory;
  }

  /** Gives the configuration of a client that may do all. */
  Config config() {
    return Config.fromKubeconfig(proxy.kubeconfig(User.ADMIN));
  }

  /** Declares these manifests and no others. */
  void declare(String... manifests) {
    source.commit(
        "declare",
        files -> {
          files.clear();
          for (int i = 0; i < manifests.length; i++) {
            files.put("manifest-" + i + ".yaml", manifests[i]);
          }
        });
  }

  /** Lets another process take over, which knows nothing yet. */
  void restart() {
    restart(config());
  }

  void restart(Config config) {
    end();
    start(config);
  }

  private void start(Config config) {
    client = new KubernetesClientBuilder().withConfig(config).build();
    target =
        KubernetesTarget.builder(client, owner())
            .inventory(inventory)
            .history(history)
            .retry(RetryPolicy.builder().first(Duration.ofMillis(5)).build())
            .defaultNamespace(namespace.name())
            .health(HealthAssessor.presence())
            .build();
    process = Reconciler.builder(source, target).build();
  }

  private void end() {
    target.close();
    client.close();
  }

  Plan plan() {
    return process.plan(CALL);
  }

  ReconcileReport pass() {
    return process.reconcile(CALL);
  }

  /** Makes passes until one finds all as declared and nothing to do. */
  void converge() {
    ReconcileReport report = pass();
    for (int passes = 1; !report.converged() || !report.outcomes().isEmpty(); passes++) {
      assertThat(passes)
          .as("%s %s %s", report.result(), report.failures(), report.plan())
          .isLessThan(PASSES);
      report = pass();
    }
  }

  /** Asks the API server, past the proxy, for an object of the core group. */
  PlaneAnswer live(String pluralAndName) {
    return plane.client().get(namespace.core(pluralAndName));
  }

  /** Gives the keys of what is held because nobody knows what is there. */
  static List<ResourceKey> undecided(ReconcileReport report) {
    return report.plan().orElseThrow().holds().stream()
        .filter(hold -> hold.reason() == HoldReason.UNDECIDED)
        .map(PlannedAction.Hold::key)
        .toList();
  }

  static void assertDone(ReconcileReport report) {
    assertThat(report.result()).isInstanceOf(PassResult.Done.class);
  }

  @Override
  public void close() {
    end();
    proxy.close();
    namespace.close();
  }

  static String configMap(String name, String value) {
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s}\ndata: {k: %s}\n"
        .formatted(name, value);
  }

  static String secret(String name, String value) {
    return "apiVersion: v1\nkind: Secret\nmetadata: {name: %s}\nstringData: {k: %s}\n"
        .formatted(name, value);
  }
}
