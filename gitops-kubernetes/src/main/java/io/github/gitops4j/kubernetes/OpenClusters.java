package io.github.gitops4j.kubernetes;

import io.github.gitops4j.resource.ContentDigest;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Gives the same cluster to all who open the same kubeconfig, until the last of them closes it. A
 * file that has changed meanwhile opens another one.
 *
 * <p>Thread-safe.
 */
final class OpenClusters {
  private final Map<Named, Opened> open = new HashMap<>();

  /**
   * Which cluster is meant, and with what credentials.
   *
   * @param kubeconfig the file and what is chosen of it
   * @param content what is in the file
   */
  private record Named(Kubeconfig kubeconfig, ContentDigest content) {
    static Named of(Kubeconfig kubeconfig) {
      return new Named(kubeconfig, kubeconfig.content().digest());
    }
  }

  /** A cluster and the number of its users. */
  private static final class Opened {
    private final KubernetesCluster cluster;
    private int users;

    Opened(KubernetesCluster cluster) {
      this.cluster = cluster;
    }
  }

  /**
   * Opens a cluster; each call needs a {@link #close}.
   *
   * @throws io.github.gitops4j.error.LiveStateException if the file cannot be read or is refused
   */
  KubernetesCluster open(Kubeconfig kubeconfig) {
    Named named = Named.of(kubeconfig);
    synchronized (open) {
      Opened opened = open.get(named);
      if (opened == null) {
        opened = new Opened(KubernetesCluster.owning(kubeconfig.open()));
        open.put(named, opened);
      }
      opened.users++;
      return opened.cluster;
    }
  }

  /** One of the users needs it no more. */
  void close(KubernetesCluster cluster) {
    Opened last = null;
    synchronized (open) {
      for (Iterator<Opened> all = open.values().iterator(); all.hasNext(); ) {
        Opened opened = all.next();
        if (opened.cluster == cluster && --opened.users == 0) {
          all.remove();
          last = opened;
        }
      }
    }
    if (last != null) {
      last.cluster.close();
    }
  }
}
