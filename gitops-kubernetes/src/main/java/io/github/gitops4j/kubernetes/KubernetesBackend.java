package io.github.gitops4j.kubernetes;

import io.github.gitops4j.application.Backend;
import io.github.gitops4j.application.Settings;
import io.github.gitops4j.application.TargetOpener;
import io.github.gitops4j.reconcile.Target;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Binds clusters for application files: the target {@code kubernetes} with {@code kubeconfig} (a
 * file, relative to the application file) and {@code owner} (installation and application), and if
 * wanted {@code context}, {@code namespace} (of objects that name none; default {@code default}),
 * {@code stateNamespace} (of inventory and history) and {@code allowExec} (whether programs that
 * the kubeconfig names may run; default {@code false}).
 *
 * <p>Applications that one backend binds and that name the same kubeconfig and context share one
 * client and what there is to share of the cluster; the last one that is closed closes it.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class KubernetesBackend {
  private KubernetesBackend() {}

  /** Returns the target {@code kubernetes}. */
  public static Backend<Target> target() {
    OpenClusters clusters = new OpenClusters();
    return Backend.bind("kubernetes", settings -> readTarget(settings, clusters));
  }

  private static Backend.Opener<Target> readTarget(Settings settings, OpenClusters clusters) {
    settings.text("kubeconfig");
    Path kubeconfig = settings.path("kubeconfig").orElse(Path.of(""));
    String owner = settings.text("owner");
    Optional<String> context = settings.optionalText("context");
    String namespace = settings.optionalText("namespace").orElse("default");
    String state = settings.optionalText("stateNamespace").orElse(namespace);
    Kubeconfig.Programs programs =
        settings.flag("allowExec", false)
            ? Kubeconfig.Programs.ALLOWED
            : Kubeconfig.Programs.REFUSED;
    Backend.Opener<Target> opener =
        () -> {
          KubernetesCluster cluster = clusters.open(new Kubeconfig(kubeconfig, context, programs));
          try {
            return KubernetesTarget.builder(cluster, owner)
                .defaultNamespace(namespace)
                .stateNamespace(state)
                .closing(clusters::close)
                .build();
          } catch (RuntimeException e) {
            clusters.close(cluster);
            throw e;
          }
        };
    return TargetOpener.of(
        opener, () -> OfflineCluster.at(place(kubeconfig, context), owner, namespace));
  }

  private static String place(Path kubeconfig, Optional<String> context) {
    return "kubernetes:" + kubeconfig.toAbsolutePath().normalize() + "#" + context.orElse("");
  }
}
