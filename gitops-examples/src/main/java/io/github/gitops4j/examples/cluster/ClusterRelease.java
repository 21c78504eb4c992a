package io.github.gitops4j.examples.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.git.GitCache;
import io.github.gitops4j.git.GitUrl;
import io.github.gitops4j.git.JGitIsolation;
import io.github.gitops4j.kubernetes.KubernetesTarget;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.report.TextRenderer;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.TreeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Brings a cluster to what is declared, and back to what ran before if that does not become
 * healthy.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class ClusterRelease {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final Reconciler reconciler;

  /** Creates a release of what a source declares. */
  public ClusterRelease(TreeSource source, Target target) {
    this.reconciler = Reconciler.builder(source, target).build();
  }

  /**
   * Releases, waits until all is healthy or has failed, and goes back if it has failed. What was
   * taken back is not tried again before the source moves on.
   *
   * @return what happened last: to the new revision, or on the way back
   */
  public ReconcileReport release(CallContext call) {
    Optional<Revision> before = reconciler.status(call).history().lastApplied();
    ReconcileReport report = reconciler.reconcileAndWait(call);
    if (report.result() instanceof PassResult.Failed && before.isPresent()) {
      reconciler.rollback(before.get(), "release", call);
      return reconciler.reconcileAndWait(call);
    }
    return report;
  }

  /** Releases a directory of a repository to a namespace: {@code URL PATH NAMESPACE}. */
  public static void main(String[] args) {
    Path cached = Path.of(System.getProperty("user.home"), ".cache", "cluster-release");
    try (GitCache cache = GitCache.open(cached, JGitIsolation.install());
        KubernetesClient client = new KubernetesClientBuilder().build();
        KubernetesTarget target = target(client, args[2])) {
      TreeSource source = cache.source(GitUrl.parse(args[0])).path(args[1]).build();
      ReconcileReport report =
          new ClusterRelease(source, target).release(CallContext.withTimeout(LIMIT));
      System.out.print(TextRenderer.plain().report(report));
    }
  }

  /** Opens the target of a release: it remembers in the namespace what it has applied. */
  static KubernetesTarget target(KubernetesClient client, String namespace) {
    return KubernetesTarget.builder(client, "examples/release").defaultNamespace(namespace).build();
  }
}
