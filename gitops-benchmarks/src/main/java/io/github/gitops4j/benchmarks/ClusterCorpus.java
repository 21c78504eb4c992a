package io.github.gitops4j.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Objects of five kinds, spread over twenty namespaces, as one application of some size has them;
 * the same ones on every run.
 */
final class ClusterCorpus {
  static final int KINDS = 5;
  static final int NAMESPACES = 20;
  private static final int LINES = 12;

  private ClusterCorpus() {}

  /**
   * One object.
   *
   * @param path where it is, as the API server sees it
   * @param yaml what declares it
   */
  record Member(String path, String yaml) {}

  /** Makes so many objects, as of a generation; the namespaces are not among them. */
  static List<Member> members(int count, int generation) {
    List<Member> members = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      members.add(member(number, generation));
    }
    return members;
  }

  /** Makes an object, as of a generation: one field differs between two. */
  static Member member(int number, int generation) {
    String namespace = namespace(number / KINDS % NAMESPACES);
    String name = String.format(Locale.ROOT, "app-%05d", number / KINDS);
    return switch (number % KINDS) {
      case 0 -> at("/apis/apps/v1", namespace, "deployments", name, DEPLOYMENT, generation);
      case 1 -> at("/api/v1", namespace, "services", name, SERVICE, generation);
      case 2 -> at("/api/v1", namespace, "configmaps", name, configMap(), generation);
      case 3 -> at("/api/v1", namespace, "secrets", name, SECRET, generation);
      default ->
          at("/apis/rbac.authorization.k8s.io/v1", namespace, "roles", name, ROLE, generation);
    };
  }

  /** Gives the name of a namespace. */
  static String namespace(int number) {
    return "team-" + number;
  }

  /** Gives one file with many objects. */
  static String file(List<Member> members) {
    StringBuilder file = new StringBuilder();
    members.forEach(member -> file.append("---\n").append(member.yaml()));
    return file.toString();
  }

  private static Member at(
      String group, String namespace, String plural, String name, String yaml, int generation) {
    return new Member(
        group + "/namespaces/" + namespace + "/" + plural + "/" + name,
        yaml.replace("NAMESPACE", namespace)
            .replace("NAME", name)
            .replace("GENERATION", Integer.toString(generation)));
  }

  private static String configMap() {
    StringBuilder text = new StringBuilder(CONFIG_MAP);
    for (int line = 0; line < LINES; line++) {
      text.append("    setting.").append(line).append(" = a value of the usual length\n");
    }
    return text.toString();
  }

  private static final String CONFIG_MAP =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: NAME
        namespace: NAMESPACE
        labels:
          app.kubernetes.io/name: NAME
      data:
        generation: "GENERATION"
        application.properties: |
      """;

  private static final String SECRET =
      """
      apiVersion: v1
      kind: Secret
      metadata:
        name: NAME
        namespace: NAMESPACE
        labels:
          app.kubernetes.io/name: NAME
      type: Opaque
      stringData:
        generation: "GENERATION"
        password: NAME-of-NAMESPACE
      """;

  private static final String ROLE =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata:
        name: NAME
        namespace: NAMESPACE
        labels:
          app.kubernetes.io/name: NAME
      rules:
      - apiGroups: [""]
        resources: ["configmaps", "secrets"]
        resourceNames: ["NAME", "generation-GENERATION"]
        verbs: ["get", "watch"]
      """;

  private static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata:
        name: NAME
        namespace: NAMESPACE
        labels:
          app.kubernetes.io/name: NAME
      spec:
        selector:
          app.kubernetes.io/name: NAME
          generation: "GENERATION"
        ports:
        - name: http
          port: 80
          targetPort: http
        - name: metrics
          port: 9090
          targetPort: metrics
      """;

  /** With no replicas, as it is not the speed of the controllers that is measured. */
  private static final String DEPLOYMENT =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: NAME
        namespace: NAMESPACE
        labels:
          app.kubernetes.io/name: NAME
      spec:
        replicas: 0
        selector:
          matchLabels:
            app.kubernetes.io/name: NAME
        template:
          metadata:
            labels:
              app.kubernetes.io/name: NAME
          spec:
            serviceAccountName: default
            containers:
            - name: app
              image: registry.example.com/NAME:1.GENERATION.0
              args: ["--port=8080", "--workers=4"]
              env:
              - name: LEVEL
                value: info
              - name: PASSWORD
                valueFrom:
                  secretKeyRef:
                    name: NAME
                    key: password
              ports:
              - name: http
                containerPort: 8080
              - name: metrics
                containerPort: 9090
              resources:
                requests:
                  cpu: 100m
                  memory: 128Mi
                limits:
                  cpu: "1"
                  memory: 256Mi
              readinessProbe:
                httpGet:
                  path: /ready
                  port: http
              volumeMounts:
              - name: settings
                mountPath: /etc/app
            volumes:
            - name: settings
              configMap:
                name: NAME
      """;
}
