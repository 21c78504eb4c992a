package io.github.gitops4j.kubernetes;

import io.github.gitops4j.diff.AdditionPolicy;
import io.github.gitops4j.kubernetes.diff.OfflineDiffer;
import io.github.gitops4j.kubernetes.internal.kinds.KindFacts;
import io.github.gitops4j.kubernetes.manifest.KubernetesModel;
import io.github.gitops4j.kubernetes.plan.ClusterArrangement;
import io.github.gitops4j.reconcile.OfflineTarget;
import io.github.gitops4j.resource.ResourceKey;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of any cluster: the kinds of Kubernetes itself, and those that are defined beside
 * the objects. A custom kind that nothing defines is taken as living in a namespace.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class OfflineCluster {
  private static final Set<String> DEFINITION = Set.of("CustomResourceDefinition");

  private OfflineCluster() {}

  /**
   * Returns what is known of a target on a cluster.
   *
   * @param owner who owns what is applied
   * @param defaultNamespace the namespace of objects that name none
   */
  public static OfflineTarget of(String owner, String defaultNamespace) {
    return at("kubernetes:#" + owner, owner, defaultNamespace);
  }

  /**
   * Returns what is known of a target on one of several clusters.
   *
   * @param place a name for the cluster
   * @param owner who owns what is applied
   * @param defaultNamespace the namespace of objects that name none
   */
  static OfflineTarget at(String place, String owner, String defaultNamespace) {
    // What was declared before is all ours, so what is no longer declared goes.
    OfflineDiffer differ = OfflineDiffer.builder().additions(AdditionPolicy.REPORT).build();
    KubernetesModel model = KubernetesModel.of(defaultNamespace);
    return OfflineTarget.builder("kubernetes:#" + owner, model, differ)
        .place(place)
        .arrangement(new ClusterArrangement())
        .related(OfflineCluster::related)
        .hooks(KubernetesModel.hookAnnotations())
        .doubts(key -> doubt(key, model))
        .build();
  }

  private static Optional<String> doubt(ResourceKey key, KubernetesModel model) {
    return model.knows(key)
        ? Optional.empty()
        : Optional.of(
            "no file defines the kind "
                + key.kind()
                + " of "
                + key.group()
                + "; its objects are taken as living in a namespace, and compared as written");
  }

  private static Set<String> related(Set<ResourceKey> keys) {
    boolean ofKubernetes =
        keys.stream().allMatch(key -> KindFacts.isBuiltIn(key.group(), key.kind()));
    return ofKubernetes ? Set.of() : DEFINITION;
  }
}
