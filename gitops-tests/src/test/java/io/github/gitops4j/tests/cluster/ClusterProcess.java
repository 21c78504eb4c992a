package io.github.gitops4j.tests.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.filesystem.DirectorySource;
import io.github.gitops4j.kubernetes.KubernetesTarget;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A process that brings what a directory declares to a cluster, where its inventory and history are
 * too: it knows nothing but what it finds there. Runs in this JVM, or in one that can be killed.
 *
 * @param kubeconfig the way to the cluster
 * @param desired the directory
 * @param namespace where objects go that name no namespace, and the inventory
 * @param inFlight how many writes are under way at most
 */
record ClusterProcess(Path kubeconfig, Path desired, String namespace, int inFlight) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int PASSES = 20;

  /** Starts it in a JVM of its own. */
  Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            ClusterProcess.class.getName(),
            kubeconfig.toString(),
            desired.toString(),
            namespace,
            Integer.toString(inFlight))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Runs in the child. */
  public static void main(String[] args) throws IOException {
    new ClusterProcess(Path.of(args[0]), Path.of(args[1]), args[2], Integer.parseInt(args[3]))
        .converge();
  }

  /** Makes passes until one finds nothing to do, and then a plan, which is to be empty. */
  void converge() throws IOException {
    CallContext call = CallContext.withTimeout(PATIENCE);
    try (KubernetesClient client = client();
        KubernetesTarget target = target(client)) {
      Reconciler process = process(target);
      ReconcileReport report = process.reconcileAndWait(call);
      for (int passes = 1; !isConverged(report); passes++) {
        if (passes == PASSES) {
          throw new AssertionError(report.result() + " " + report.failures() + report.outcomes());
        }
        report = process.reconcileAndWait(call);
      }
    }
    Plan next = plan();
    if (!next.isEmpty()) {
      throw new AssertionError("not empty after it was applied: " + next.actions());
    }
  }

  /** Plans as a process that has just begun. */
  Plan plan() throws IOException {
    try (KubernetesClient client = client();
        KubernetesTarget target = target(client)) {
      return process(target).plan(CallContext.withTimeout(PATIENCE));
    }
  }

  private static boolean isConverged(ReconcileReport report) {
    return report.result() instanceof PassResult.Done
        && report.failures().isEmpty()
        && report.outcomes().isEmpty();
  }

  private KubernetesClient client() throws IOException {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(Files.readString(kubeconfig)))
        .build();
  }

  private KubernetesTarget target(KubernetesClient client) {
    return KubernetesTarget.builder(client, "processes/" + namespace)
        .defaultNamespace(namespace)
        .inFlight(inFlight)
        .build();
  }

  private Reconciler process(KubernetesTarget target) {
    return Reconciler.builder(DirectorySource.at(desired), target).gates(List.of()).build();
  }
}
