package io.github.gitops4j.tests.cluster;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an operator and the things that it runs are made of: definitions, one of them near the limit
 * of what a cluster stores, accounts and their rights, workloads, settings, and custom objects.
 *
 * <p>All bear the label {@code round}, which each round writes anew, and another one, which nobody
 * else writes: an object that was made by a process which died is known by what is left of ours.
 */
final class OperatorManifests {
  static final String GROUP = "operator.example.invalid";

  private static final int COMPONENTS = 12;
  private static final int LARGE = 950_000;
  private static final int SMALL = 2_000;
  private static final String WORDS = "how the parts of it fit together ";

  private static final Map<String, String> COMPONENT =
      Map.of(
          "account", "{apiVersion: v1, kind: ServiceAccount, metadata: %s}",
          "role",
              """
              {apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: %s,
               rules: [{apiGroups: [""], resources: [pods], verbs: [get, list]}]}
              """,
          "binding",
              """
              {apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: %1$s,
               roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: %2$s},
               subjects: [{kind: ServiceAccount, name: %2$s}]}
              """,
          "service",
              """
              {apiVersion: v1, kind: Service, metadata: %1$s,
               spec: {selector: {app: %2$s}, sessionAffinity: None, ports: [{port: 80}]}}
              """,
          "settings",
              "{apiVersion: v1, kind: ConfigMap, metadata: %s, data: {k: ours, round: \"%3$d\"}}",
          "secret", "{apiVersion: v1, kind: Secret, metadata: %s, stringData: {k: ours}}",
          "workload",
              """
              {apiVersion: apps/v1, kind: Deployment, metadata: %1$s,
               spec: {replicas: 1, selector: {matchLabels: {app: %2$s}},
                template: {metadata: {labels: {app: %2$s}},
                 spec: {containers: [{name: a, image: a}]}}}}
              """,
          "monitor", custom("Monitor"),
          "rules", custom("Rules"),
          "probe", custom("Probe"));

  private OperatorManifests() {}

  private static String custom(String kind) {
    return "{apiVersion: " + GROUP + "/v1, kind: " + kind + ", metadata: %s, spec: {k: ours}}";
  }

  /** Gives the manifests by the names of their files. */
  static SortedMap<String, String> of(int round) {
    SortedMap<String, String> manifests = new TreeMap<>();
    manifests.put("definition-monitor", definition("Monitor", "monitors", SMALL, round));
    manifests.put("definition-rules", definition("Rules", "rules", SMALL, round));
    manifests.put("definition-probe", definition("Probe", "probes", SMALL, round));
    manifests.put("definition-cluster", definition("Cluster", "clusters", LARGE, round));
    manifests.put("cluster", custom("Cluster").formatted(metadata("main", round)));
    manifests.put(
        "cluster-role",
        """
        {apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: %s,
         rules: [{apiGroups: [%s], resources: ["*"], verbs: ["*"]}]}
        """
            .formatted(metadata("example-operator", round), GROUP));
    for (int i = 0; i < COMPONENTS; i++) {
      String name = "part-" + i;
      COMPONENT.forEach(
          (what, manifest) ->
              manifests.put(
                  name + "-" + what, manifest.formatted(metadata(name, round), name, round)));
    }
    return manifests;
  }

  private static String metadata(String name, int round) {
    return "{name: %s, labels: {of: operator, round: \"%d\"}}".formatted(name, round);
  }

  private static String definition(String kind, String plural, int size, int round) {
    return """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: %2$s.%3$s, labels: {of: operator, round: "%5$d"}}
        spec:
          group: %3$s
          names: {kind: %1$s, plural: %2$s}
          scope: Namespaced
          versions:
          - name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec: {type: object, description: "%4$s", properties: {k: {type: string}}}
        """
        .formatted(kind, plural, GROUP, WORDS.repeat(size / WORDS.length()).strip(), round);
  }
}
