package io.github.gitops4j.benchmarks;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.health.HealthAssessor;
import io.github.gitops4j.kubernetes.KubernetesTarget;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.testkit.InMemoryHistoryStore;
import io.github.gitops4j.testkit.InMemoryInventoryStore;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Our engine over a cluster, with the declared state and the stores in memory. Like its peers here,
 * it does not wait for health.
 */
final class ClusterEngine implements AutoCloseable {
  private static final String OWNER = "benchmark/corpus";

  private final InMemoryTreeSource source = InMemoryTreeSource.empty();
  private final InMemoryInventoryStore inventory = InMemoryInventoryStore.ownedBy(OWNER);
  private final InMemoryHistoryStore history = new InMemoryHistoryStore();
  private final UnaryOperator<KubernetesTarget.Builder> stores;
  private KubernetesClient client;
  private Reconciler reconciler;

  /** Keeps inventory and history in memory. */
  ClusterEngine(String kubeconfig) {
    this.stores = builder -> builder.inventory(inventory).history(history);
    this.client = connect(kubeconfig);
    this.reconciler = reconciler();
  }

  private ClusterEngine(String kubeconfig, UnaryOperator<KubernetesTarget.Builder> stores) {
    this.stores = stores;
    this.client = connect(kubeconfig);
    this.reconciler = reconciler();
  }

  /** Keeps inventory and history where users do. */
  static ClusterEngine withStoresInCluster(String kubeconfig) {
    return new ClusterEngine(kubeconfig, UnaryOperator.identity());
  }

  /** Declares objects, one in a file; others that are declared stay. */
  void declare(int first, List<ClusterCorpus.Member> members) {
    source.commit(
        "declare",
        files -> {
          for (int i = 0; i < members.size(); i++) {
            files.put("object-" + (first + i) + ".yaml", members.get(i).yaml());
          }
        });
  }

  /** Goes on as another process would: only the stores are left. */
  void restart(String kubeconfig) {
    client.close();
    client = connect(kubeconfig);
    reconciler = reconciler();
  }

  Plan plan() {
    return reconciler.plan(CallContext.unbounded());
  }

  /** Makes a pass that must end well, with so many changes. */
  void pass(int changes) {
    ReconcileReport report = reconciler.reconcile(CallContext.unbounded());
    if (!(report.result() instanceof PassResult.Done)
        || !report.failures().isEmpty()
        || report.outcomes().size() != changes) {
      throw new IllegalStateException(
          "a pass ended as " + report.result() + report.failures() + report.outcomes().size());
    }
  }

  private Reconciler reconciler() {
    return Reconciler.builder(
            source,
            stores
                .apply(KubernetesTarget.builder(client, OWNER).health(HealthAssessor.presence()))
                .build())
        .build();
  }

  private static KubernetesClient connect(String kubeconfig) {
    return new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig)).build();
  }

  @Override
  public void close() {
    client.close();
  }
}
