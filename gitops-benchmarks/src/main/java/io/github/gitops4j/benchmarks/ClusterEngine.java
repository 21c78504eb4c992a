package io.github.gitops4j.benchmarks;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.health.HealthAssessor;
import io.github.gitops4j.kubernetes.KubernetesTarget;
import io.github.gitops4j.live.ChangeFeed;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.testkit.InMemoryHistoryStore;
import io.github.gitops4j.testkit.InMemoryInventoryStore;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;

/**
 * Our engine over a cluster, with the declared state and the stores in memory. Like its peers here,
 * it does not wait for health.
 */
final class ClusterEngine implements ChangeFeed.Listener, AutoCloseable {
  static final String OWNER = "benchmark/corpus";
  private static final int PASSES_TO_FOLLOW = 3;

  private final InMemoryTreeSource source = InMemoryTreeSource.empty();
  private final InMemoryInventoryStore inventory = InMemoryInventoryStore.ownedBy(OWNER);
  private final InMemoryHistoryStore history = new InMemoryHistoryStore();
  private final UnaryOperator<KubernetesTarget.Builder> stores;
  private final Semaphore told = new Semaphore(0);
  private KubernetesTarget target;
  private Optional<ChangeFeed.Listening> listening = Optional.empty();
  private KubernetesClient client;
  private Reconciler reconciler;

  /** Keeps inventory and history in memory. */
  ClusterEngine(String kubeconfig) {
    this.stores = builder -> builder.inventory(inventory).history(history);
    this.client = connect(kubeconfig);
    this.target = target();
    this.reconciler = Reconciler.builder(source, target).build();
  }

  private ClusterEngine(String kubeconfig, UnaryOperator<KubernetesTarget.Builder> stores) {
    this.stores = stores;
    this.client = connect(kubeconfig);
    this.target = target();
    this.reconciler = Reconciler.builder(source, target).build();
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
    close();
    listening = Optional.empty();
    client = connect(kubeconfig);
    target = target();
    reconciler = Reconciler.builder(source, target).build();
  }

  Plan plan() {
    return reconciler.plan(CallContext.unbounded());
  }

  /** Makes a pass that must end well, with so many changes. */
  void pass(int changes) {
    int made = changesOfPass();
    if (made != changes) {
      throw new IllegalStateException("a pass made " + made + " changes, not " + changes);
    }
  }

  private int changesOfPass() {
    ReconcileReport report = reconciler.reconcile(CallContext.unbounded());
    if (!(report.result() instanceof PassResult.Done) || !report.failures().isEmpty()) {
      throw new IllegalStateException("a pass ended as " + report.result() + report.failures());
    }
    return report.outcomes().size();
  }

  /** Makes passes until the watches follow and the last one had nothing to do. */
  void settle() {
    follow();
    for (int quiet = 0; quiet < PASSES_TO_FOLLOW; ) {
      quiet = changesOfPass() == 0 ? quiet + 1 : 0;
    }
    told.drainPermits();
  }

  /** Waits until the cluster tells that something changed, and puts it right. */
  void correct() {
    do {
      told.acquireUninterruptibly();
    } while (changesOfPass() == 0);
  }

  private KubernetesTarget target() {
    return stores
        .apply(KubernetesTarget.builder(client, OWNER).health(HealthAssessor.presence()))
        .build();
  }

  private void follow() {
    if (listening.isEmpty()) {
      listening = target.live().changeFeed().orElseThrow().listen(this);
    }
  }

  @Override
  public void pending() {
    told.release();
  }

  @Override
  public void stirred(ResourceKey key) {}

  static KubernetesClient connect(String kubeconfig) {
    return new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig)).build();
  }

  @Override
  public void close() {
    target.close();
    client.close();
  }
}
