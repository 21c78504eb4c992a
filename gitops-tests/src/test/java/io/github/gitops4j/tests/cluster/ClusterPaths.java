package io.github.gitops4j.tests.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.gitops4j.resource.Bool;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.source.YamlReader;
import io.github.gitops4j.testkit.kubernetes.PlaneAnswer;
import io.github.gitops4j.testkit.kubernetes.PlaneClient;
import java.util.HashMap;
import java.util.Map;

/** Where objects are on an API server, as its discovery says. Confined to one thread. */
final class ClusterPaths {
  private final PlaneClient client;
  private final String defaultNamespace;
  private final Map<String, Document> groups = new HashMap<>();

  ClusterPaths(PlaneClient client, String defaultNamespace) {
    this.client = client;
    this.defaultNamespace = defaultNamespace;
  }

  /** Gives the path of an object; it is an error if nobody knows the kind. */
  String of(ClusterManifest manifest) {
    String version = manifest.apiVersion();
    String root = (version.contains("/") ? "/apis/" : "/api/") + version;
    Document group = groups.computeIfAbsent(root, this::discover);
    if (group.at(FieldPath.root().field("resources")).orElse(null) instanceof Sequence resources) {
      for (int i = 0; i < resources.size(); i++) {
        Document resource = Document.of(resources.get(i));
        String plural = text(resource, "/name");
        if (text(resource, "/kind").equals(manifest.kind()) && !plural.contains("/")) {
          return root + place(resource, manifest) + plural + "/" + manifest.name();
        }
      }
    }
    throw new AssertionError(manifest + ": the API server does not know " + version);
  }

  private String place(Document resource, ClusterManifest manifest) {
    if (resource.at(FieldPath.root().field("namespaced")).orElse(null) != Bool.TRUE) {
      return "/";
    }
    String own = manifest.namespace();
    return "/namespaces/" + (own.isEmpty() ? defaultNamespace : own) + "/";
  }

  private Document discover(String root) {
    PlaneAnswer answer = client.get(root);
    if (!answer.isSuccess()) {
      throw new AssertionError(root + ": " + answer);
    }
    return parse(answer.body());
  }

  static Document parse(String json) {
    return YamlReader.create().read("answer.json", json.getBytes(UTF_8)).get(0).document();
  }

  private static String text(Document document, String path) {
    return document.at(FieldPath.parse(path)).orElseThrow() instanceof Text text
        ? text.value()
        : "";
  }
}
