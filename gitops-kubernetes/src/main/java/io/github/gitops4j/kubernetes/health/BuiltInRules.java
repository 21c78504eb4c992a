package io.github.gitops4j.kubernetes.health;

import io.github.gitops4j.health.HealthReport;
import java.util.Map;
import java.util.Set;

/** Which rule is for which kind. */
final class BuiltInRules {
  /** Their kinds are the server's own; a custom resource is of any other group. */
  private static final Set<String> SERVER_GROUPS =
      Set.of(
          "",
          "admissionregistration.k8s.io",
          "apiextensions.k8s.io",
          "apiregistration.k8s.io",
          "apps",
          "authentication.k8s.io",
          "authorization.k8s.io",
          "autoscaling",
          "batch",
          "certificates.k8s.io",
          "coordination.k8s.io",
          "discovery.k8s.io",
          "events.k8s.io",
          "extensions",
          "flowcontrol.apiserver.k8s.io",
          "internal.apiserver.k8s.io",
          "networking.k8s.io",
          "node.k8s.io",
          "policy",
          "rbac.authorization.k8s.io",
          "resource.k8s.io",
          "scheduling.k8s.io",
          "storage.k8s.io",
          "storagemigration.k8s.io");

  private static final Map<String, KindRule> RULES =
      Map.ofEntries(
          Map.entry("/Namespace", PhaseHealth.ofNamespace()),
          Map.entry("/PersistentVolume", PhaseHealth.ofVolume()),
          Map.entry("/PersistentVolumeClaim", PhaseHealth.ofClaim()),
          Map.entry("/Pod", new PodHealth()),
          Map.entry("/ReplicationController", new ReplicaSetHealth()),
          Map.entry("/Service", new ServiceHealth()),
          Map.entry("apiextensions.k8s.io/CustomResourceDefinition", new DefinitionHealth()),
          Map.entry("apiregistration.k8s.io/APIService", new ApiServiceHealth()),
          Map.entry("apps/DaemonSet", new DaemonSetHealth()),
          Map.entry("apps/Deployment", new DeploymentHealth()),
          Map.entry("apps/ReplicaSet", new ReplicaSetHealth()),
          Map.entry("apps/StatefulSet", new StatefulSetHealth()),
          Map.entry("argoproj.io/Workflow", PhaseHealth.ofWorkflow()),
          Map.entry("autoscaling/HorizontalPodAutoscaler", new AutoscalerHealth()),
          Map.entry("batch/CronJob", new CronJobHealth()),
          Map.entry("batch/Job", new JobHealth()),
          Map.entry("networking.k8s.io/Ingress", new IngressHealth()),
          Map.entry("extensions/Ingress", new IngressHealth()),
          Map.entry("policy/PodDisruptionBudget", new DisruptionBudgetHealth()));

  /** No controller reports on them. */
  private static final Set<String> WITHOUT_STATUS =
      Set.of(
          "/ConfigMap",
          "/Endpoints",
          "/LimitRange",
          "/Secret",
          "/ServiceAccount",
          "admissionregistration.k8s.io/MutatingWebhookConfiguration",
          "admissionregistration.k8s.io/ValidatingWebhookConfiguration",
          "discovery.k8s.io/EndpointSlice",
          "networking.k8s.io/IngressClass",
          "networking.k8s.io/NetworkPolicy",
          "node.k8s.io/RuntimeClass",
          "rbac.authorization.k8s.io/ClusterRole",
          "rbac.authorization.k8s.io/ClusterRoleBinding",
          "rbac.authorization.k8s.io/Role",
          "rbac.authorization.k8s.io/RoleBinding",
          "scheduling.k8s.io/PriorityClass",
          "storage.k8s.io/CSIDriver",
          "storage.k8s.io/StorageClass");

  private static final KindRule SERVERS = new GenericHealth();
  private static final KindRule CUSTOM = new CustomHealth();
  private static final KindRule THERE = (live, input) -> HealthReport.healthy();

  private BuiltInRules() {}

  static boolean judgesPresenceOnly(String group, String kind) {
    return WITHOUT_STATUS.contains(group + "/" + kind);
  }

  static KindRule of(String group, String kind) {
    KindRule rule = RULES.get(group + "/" + kind);
    if (rule != null) {
      return rule;
    }
    if (judgesPresenceOnly(group, kind)) {
      return THERE;
    }
    return SERVER_GROUPS.contains(group) ? SERVERS : CUSTOM;
  }
}
