package io.github.gitops4j.kubernetes;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.kubernetes.internal.api.ApiServer;
import io.github.gitops4j.kubernetes.internal.api.Discovery;

/**
 * One cluster for any number of targets, which share what is there once: what the server serves,
 * how many requests are under way, and when the server wants to be left alone.
 *
 * <p>The client stays the caller's. Thread-safe.
 *
 * @since 0.1.0
 */
public final class KubernetesCluster implements AutoCloseable {
  private final ApiServer server;
  private final Discovery discovery;

  private KubernetesCluster(ApiServer server) {
    this.server = server;
    this.discovery = new Discovery(server);
  }

  /**
   * Returns the cluster that a client leads to. It asks nothing yet.
   *
   * @param client the way to the cluster; it has to be open for as long as the targets are
   */
  public static KubernetesCluster over(KubernetesClient client) {
    return over(client, RetryPolicy.builder().build());
  }

  static KubernetesCluster over(KubernetesClient client, RetryPolicy retry) {
    return new KubernetesCluster(
        ApiServer.builder(requireNonNull(client, "client")).retry(retry).build());
  }

  ApiServer server() {
    return server;
  }

  Discovery discovery() {
    return discovery;
  }

  /** Ends what the targets share; close them before. */
  @Override
  public void close() {}
}
