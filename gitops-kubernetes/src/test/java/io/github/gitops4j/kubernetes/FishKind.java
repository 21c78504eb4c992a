package io.github.gitops4j.kubernetes;

import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.kubernetes.health.KubernetesHealth;

/**
 * A custom kind, Fish, of a group that one test has for itself.
 *
 * @param group the group
 */
record FishKind(String group) {
  /** Gives the part of a definition that is about one version. */
  static String version(String name, boolean served, boolean storage) {
    return """
          - name: %s
            served: %s
            storage: %s
            schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
        """
        .formatted(name, served, storage);
  }

  /** Gives the definition with one version, v1. */
  String definition() {
    return definition(version("v1", true, true), "{strategy: None}");
  }

  String definition(String versions, String conversion) {
    return """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: fishes.%1$s}
        spec:
          group: %1$s
          scope: Namespaced
          names: {plural: fishes, singular: fish, kind: Fish}
          conversion: %2$s
          versions:
        %3$s
        """
        .formatted(group, conversion, versions);
  }

  /** Gives health of which a fish that is there has no need to wait for a status. */
  KubernetesHealth health() {
    return KubernetesHealth.builder()
        .rule(group, "Fish", (document, input) -> HealthReport.healthy())
        .build();
  }

  /** Gives the path of the definition. */
  String definitionPath() {
    return "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/fishes." + group;
  }
}
