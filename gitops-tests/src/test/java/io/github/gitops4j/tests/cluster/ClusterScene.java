package io.github.gitops4j.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.health.HealthAssessor;
import io.github.gitops4j.inventory.InventoryStore;
import io.github.gitops4j.kubernetes.KubernetesTarget;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.testkit.InMemoryHistoryStore;
import io.github.gitops4j.testkit.InMemoryInventoryStore;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.PlanAssertions;
import io.github.gitops4j.testkit.fault.FaultPlan;
import io.github.gitops4j.testkit.fault.SimulatedCrash;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.PlaneAnswer;
import io.github.gitops4j.testkit.kubernetes.PlaneClient;
import io.github.gitops4j.testkit.kubernetes.TestNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/**
 * An application in a cluster: what is declared, what must be there, and processes that bring the
 * one to the other. The stores outlive the processes.
 */
final class ClusterScene implements AutoCloseable {
  private static final int PASSES = 20;

  private final TestNamespace namespace;
  private final PlaneClient plane;
  private final KubernetesClient client;
  private final ClusterPaths paths;
  private final InMemoryTreeSource source = InMemoryTreeSource.empty();
  private final InMemoryHistoryStore history = new InMemoryHistoryStore();
  private final String owner;
  private final InventoryStore inventory;
  private Optional<KubernetesTarget> target = Optional.empty();
  private Reconciler process;

  ClusterScene(ControlPlane plane) throws IOException {
    this(plane, Files.readString(plane.kubeconfig()));
  }

  /** The way to the cluster may be another one than that of the tests. */
  ClusterScene(ControlPlane plane, String kubeconfig) {
    this.namespace = TestNamespace.in(plane);
    this.plane = plane.client();
    this.paths = new ClusterPaths(this.plane, namespace.name());
    this.client =
        new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig)).build();
    this.owner = "acceptance/" + namespace.name();
    this.inventory = InMemoryInventoryStore.ownedBy(owner);
    this.process = process(FaultPlan.create());
  }

  TestNamespace namespace() {
    return namespace;
  }

  /** Gives the path of an object on the API server. */
  String path(ClusterManifest manifest) {
    return paths.of(manifest);
  }

  /** Declares these objects and no others, one in a file. */
  void declare(List<ClusterManifest> manifests) {
    source.commit(
        "declare",
        files -> {
          files.clear();
          for (int i = 0; i < manifests.size(); i++) {
            files.put("object-" + i + ".json", manifests.get(i).json());
          }
        });
  }

  /**
   * Runs passes until one finds nothing to do. None waits, so it takes some until a definition is
   * served and its resources follow.
   */
  void converge() {
    ReconcileReport report = process.reconcile(CallContext.unbounded());
    for (int passes = 1; !isConverged(report); passes++) {
      assertThat(passes)
          .as("%s %s %s", report.result(), report.failures(), report.outcomes())
          .isLessThan(PASSES);
      report = process.reconcile(CallContext.unbounded());
    }
  }

  private static boolean isConverged(ReconcileReport report) {
    return report.result() instanceof PassResult.Done
        && report.failures().isEmpty()
        && report.outcomes().isEmpty();
  }

  /** Runs one pass, which may end as it likes. */
  void pass() {
    process.reconcile(CallContext.unbounded());
  }

  /** Lets a process die at a fault, or come to its end, and starts another one. */
  void die(FaultPlan faults) {
    try {
      process(faults).reconcile(CallContext.unbounded());
    } catch (SimulatedCrash crash) {
      // What it held in memory is gone with it.
    }
    process = process(FaultPlan.create());
  }

  void assertInSync() {
    PlanAssertions.assertThat(process.plan(CallContext.unbounded())).isEmpty();
  }

  boolean isThere(ClusterManifest manifest) {
    PlaneAnswer answer = plane.get(path(manifest));
    return answer.isSuccess() && !answer.body().contains("\"deletionTimestamp\"");
  }

  /** Starts a process in the place of the one before, whose watches end with it. */
  private Reconciler process(FaultPlan faults) {
    target.ifPresent(KubernetesTarget::close);
    KubernetesTarget opened =
        KubernetesTarget.builder(client, owner)
            .inventory(inventory)
            .history(history)
            .defaultNamespace(namespace.name())
            .health(HealthAssessor.presence())
            .build();
    target = Optional.of(opened);
    return Reconciler.builder(source, faults.around(opened)).gates(List.of()).build();
  }

  @Override
  public void close() {
    target.ifPresent(KubernetesTarget::close);
    client.close();
    namespace.close();
  }
}
