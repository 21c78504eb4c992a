package io.github.gitops4j.kubernetes;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.call.Ticker;
import io.github.gitops4j.kubernetes.internal.api.ApiServer;
import io.github.gitops4j.kubernetes.internal.api.Discovery;
import io.github.gitops4j.kubernetes.inventory.HeadWatches;
import io.github.gitops4j.kubernetes.live.KeptContents;
import io.github.gitops4j.kubernetes.live.SharedWatches;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One cluster for any number of targets, which share what is there once: the watches, what the
 * server serves, how many requests are under way, and when the server wants to be left alone.
 *
 * <p>A client that was handed in stays the caller's. Thread-safe.
 *
 * @since 0.1.0
 */
public final class KubernetesCluster implements AutoCloseable {
  /** About ten thousand objects. */
  private static final long CONTENT_BYTES = 16 << 20;

  private final ApiServer server;
  private final Discovery discovery;
  private final SharedWatches watches;
  private final HeadWatches heads;
  private final KeptContents contents = KeptContents.ofBytes(CONTENT_BYTES);

  private final Runnable closing;

  private KubernetesCluster(ApiServer server, RetryPolicy retry, Runnable closing) {
    this.closing = closing;
    this.server = server;
    this.discovery = new Discovery(server);
    this.watches = new SharedWatches(server, retry, Ticker.system());
    this.heads = new HeadWatches(server, Ticker.system());
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
    return over(client, retry, () -> {});
  }

  private static KubernetesCluster over(
      KubernetesClient client, RetryPolicy retry, Runnable closing) {
    return new KubernetesCluster(
        ApiServer.builder(requireNonNull(client, "client")).retry(retry).build(), retry, closing);
  }

  /**
   * Opens the cluster that the current context of a kubeconfig file leads to, with a client of its
   * own. A file that names programs to run is refused. It asks nothing yet.
   *
   * @throws io.github.gitops4j.error.LiveStateException if the file cannot be read or is refused
   */
  public static KubernetesCluster open(Path kubeconfig) {
    KubernetesClient client =
        new Kubeconfig(kubeconfig, Optional.empty(), Kubeconfig.Programs.REFUSED).open();
    return owning(client);
  }

  /** Returns the cluster that a client leads to, which is closed with it. */
  static KubernetesCluster owning(KubernetesClient client) {
    return over(client, RetryPolicy.builder().build(), client::close);
  }

  ApiServer server() {
    return server;
  }

  Discovery discovery() {
    return discovery;
  }

  SharedWatches watches() {
    return watches;
  }

  KeptContents contents() {
    return contents;
  }

  HeadWatches heads() {
    return heads;
  }

  /** Ends the watches, and closes the client of {@link #open}; close the targets before. */
  @Override
  public void close() {
    watches.close();
    heads.close();
    closing.run();
  }
}
