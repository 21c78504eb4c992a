package io.github.gitops4j.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Makes Kubernetes manifests that look like those people write; the same ones on every run. */
final class ManifestCorpus {
  private static final String[] TEAMS = {"shop", "billing", "search", "identity", "platform"};
  private static final int LARGEST_FILE = 8;

  private final Random random = new Random(42);

  /** Makes files of several documents each until they have this many bytes. */
  List<byte[]> files(int bytes) {
    List<byte[]> files = new ArrayList<>();
    int made = 0;
    while (made < bytes) {
      StringBuilder file = new StringBuilder();
      for (int left = 1 + random.nextInt(LARGEST_FILE); left > 0; left--) {
        file.append("---\n").append(document());
      }
      byte[] content = file.toString().getBytes(StandardCharsets.UTF_8);
      files.add(content);
      made += content.length;
    }
    return files;
  }

  /** Makes one document. */
  String document() {
    String team = TEAMS[random.nextInt(TEAMS.length)];
    String name = team + "-" + Integer.toString(random.nextInt(1 << 20), 36);
    return switch (random.nextInt(5)) {
      case 0, 1 -> deployment(team, name);
      case 2 -> service(team, name);
      case 3 -> configMap(team, name);
      default -> schema(name);
    };
  }

  String deployment(String team, String name) {
    StringBuilder out = head("apps/v1", "Deployment", team, name);
    out.append("spec:\n  replicas: ").append(1 + random.nextInt(9)).append('\n');
    out.append("  selector:\n    matchLabels:\n      app.kubernetes.io/name: ").append(name);
    out.append("\n  template:\n    metadata:\n      labels:\n        app.kubernetes.io/name: ");
    out.append(name).append("\n    spec:\n      serviceAccountName: ").append(name);
    out.append("\n      containers:\n");
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      container(out, name, i);
    }
    return out.toString();
  }

  private void container(StringBuilder out, String name, int number) {
    out.append("      - name: c").append(number).append('\n');
    out.append("        image: \"registry.example.com/").append(name).append(":1.");
    out.append(random.nextInt(40)).append(".0\"\n        imagePullPolicy: IfNotPresent\n");
    out.append("        args: [\"--port=80\", '--level=info', --workers=4]\n        env:\n");
    for (int i = random.nextInt(8); i > 0; i--) {
      out.append("        - name: SETTING_").append(i).append("\n          value: \"");
      out.append(random.nextInt(1000)).append("\"\n");
    }
    out.append("        ports:\n        - containerPort: 80").append(number);
    out.append("\n          protocol: TCP\n        resources:\n          limits:\n");
    out.append("            cpu: 500m\n            memory: 256Mi\n          requests:\n");
    out.append("            cpu: 0.1\n            memory: 128Mi\n        readinessProbe:\n");
    out.append("          httpGet: {path: /ready, port: http}\n          periodSeconds: 10\n");
  }

  private String service(String team, String name) {
    StringBuilder out = head("v1", "Service", team, name);
    out.append("spec:\n  type: ClusterIP\n  selector:\n    app.kubernetes.io/name: ").append(name);
    out.append("\n  ports:\n  - name: http\n    port: 80\n    targetPort: http\n");
    return out.toString();
  }

  private String configMap(String team, String name) {
    StringBuilder out = head("v1", "ConfigMap", team, name);
    out.append("data:\n  enabled: \"yes\"\n  application.properties: |\n");
    for (int i = random.nextInt(30); i > 0; i--) {
      out.append("    server.setting.").append(i).append('=').append(random.nextLong());
      out.append("\n    # how the setting is used, in a sentence of usual length\n");
    }
    return out.toString();
  }

  private String schema(String name) {
    StringBuilder out = head("apiextensions.k8s.io/v1", "CustomResourceDefinition", "", name);
    out.append("spec:\n  group: example.com\n  versions:\n  - name: v1\n    schema:\n");
    out.append("      openAPIV3Schema:\n        type: object\n        properties:\n");
    for (int i = 5 + random.nextInt(25); i > 0; i--) {
      out.append("          field").append(i).append(":\n            description: |-\n");
      out.append("              Field ")
          .append(i)
          .append(" says how the controller behaves when\n");
      out.append("              the resource that it manages is not ready in time.\n");
      out.append("            type: string\n            maxLength: ").append(i * 10).append('\n');
    }
    return out.toString();
  }

  private StringBuilder head(String version, String kind, String team, String name) {
    StringBuilder out = new StringBuilder(1024);
    out.append("apiVersion: ").append(version).append("\nkind: ").append(kind);
    out.append("\nmetadata:\n  name: ").append(name).append('\n');
    if (!team.isEmpty()) {
      out.append("  namespace: ").append(team).append('\n');
    }
    out.append("  labels:\n    app.kubernetes.io/name: ").append(name);
    out.append("\n    app.kubernetes.io/managed-by: gitops\n  annotations:\n    checksum: ");
    return out.append(String.format(Locale.ROOT, "%016x", random.nextLong())).append("x\n");
  }
}
