package io.github.gitops4j.kubernetes.manifest;

import io.github.gitops4j.resource.ResourceKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is known of the kinds of Kubernetes itself: their order, and which live in no namespace. */
final class KindOrder {
  private static final int GAP = 10;
  private static final int UNLISTED = 500;
  private static final int LAST = 1000;

  private static final List<String> FIRST =
      List.of(
          "CustomResourceDefinition",
          "Namespace",
          "PriorityClass",
          "RuntimeClass",
          "StorageClass",
          "VolumeSnapshotClass",
          "IngressClass",
          "GatewayClass",
          "ResourceQuota",
          "LimitRange",
          "NetworkPolicy",
          "ServiceAccount",
          "ClusterRole",
          "ClusterRoleBinding",
          "Role",
          "RoleBinding",
          "ConfigMap",
          "Secret",
          "PersistentVolume",
          "PersistentVolumeClaim",
          "Service",
          "DaemonSet",
          "Pod",
          "ReplicaSet",
          "Deployment",
          "StatefulSet",
          "Job",
          "CronJob",
          "HorizontalPodAutoscaler",
          "PodDisruptionBudget",
          "Ingress",
          "APIService");

  private static final Set<String> WEBHOOKS =
      Set.of("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration");

  /** Groups of Kubernetes itself, whose kinds are all listed here. */
  private static final Map<String, Set<String>> CLUSTER_WIDE =
      Map.ofEntries(
          Map.entry("", Set.of("Namespace", "Node", "PersistentVolume")),
          Map.entry(
              "admissionregistration.k8s.io",
              Set.of(
                  "MutatingWebhookConfiguration",
                  "ValidatingWebhookConfiguration",
                  "ValidatingAdmissionPolicy",
                  "ValidatingAdmissionPolicyBinding",
                  "MutatingAdmissionPolicy",
                  "MutatingAdmissionPolicyBinding")),
          Map.entry("apiextensions.k8s.io", Set.of("CustomResourceDefinition")),
          Map.entry("apiregistration.k8s.io", Set.of("APIService")),
          Map.entry(
              "certificates.k8s.io", Set.of("CertificateSigningRequest", "ClusterTrustBundle")),
          Map.entry(
              "flowcontrol.apiserver.k8s.io", Set.of("FlowSchema", "PriorityLevelConfiguration")),
          Map.entry("networking.k8s.io", Set.of("IngressClass", "IPAddress", "ServiceCIDR")),
          Map.entry("node.k8s.io", Set.of("RuntimeClass")),
          Map.entry("rbac.authorization.k8s.io", Set.of("ClusterRole", "ClusterRoleBinding")),
          Map.entry("resource.k8s.io", Set.of("DeviceClass", "ResourceSlice")),
          Map.entry("scheduling.k8s.io", Set.of("PriorityClass")),
          Map.entry(
              "storage.k8s.io",
              Set.of(
                  "StorageClass",
                  "VolumeAttachment",
                  "CSIDriver",
                  "CSINode",
                  "VolumeAttributesClass")),
          Map.entry("gateway.networking.k8s.io", Set.of("GatewayClass")));

  private static final Map<String, Integer> RANKS = ranks();

  private KindOrder() {}

  private static Map<String, Integer> ranks() {
    Map<String, Integer> ranks = new HashMap<>();
    FIRST.forEach(kind -> ranks.put(kind, GAP * ranks.size()));
    WEBHOOKS.forEach(kind -> ranks.put(kind, LAST));
    return Map.copyOf(ranks);
  }

  /** Returns the order of a kind within a wave; smaller goes first. */
  static int of(ResourceKey key) {
    return RANKS.getOrDefault(key.kind(), UNLISTED);
  }

  /** Says whether others go with an object of a kind: all in a namespace, or all of a kind. */
  static boolean holdsOthers(ResourceKey key) {
    return (key.group().isEmpty() && key.kind().equals("Namespace"))
        || (key.group().equals("apiextensions.k8s.io")
            && key.kind().equals("CustomResourceDefinition"));
  }

  /** Says whether objects of a kind live in no namespace. */
  static boolean isClusterWide(String group, String kind) {
    return CLUSTER_WIDE.getOrDefault(group, Set.of()).contains(kind);
  }
}
