package io.github.gitops4j.kubernetes.cel;

import dev.cel.common.values.NullValue;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Resource;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.Text;
import java.util.HashMap;
import java.util.Map;

/**
 * An object that is to be created.
 *
 * @param resource where it is declared
 * @param object the object
 * @param version the version in which it is declared
 * @param plural the name of its kind in paths
 */
record PolicySubject(Resource resource, Document object, String version, String plural) {
  ResourceKey key() {
    return resource.key();
  }

  boolean isNamespace() {
    return key().group().isEmpty() && key().kind().equals("Namespace");
  }

  /** Returns what expressions may name, other than parameters and what a policy names itself. */
  Map<String, Object> variables() {
    Map<String, Object> variables = new HashMap<>();
    variables.put("object", ObjectVariables.plain(placed()));
    variables.put("oldObject", NullValue.NULL_VALUE);
    variables.put("request", request());
    return variables;
  }

  /** Returns the object with its namespace, which a server puts there first. */
  private Mapping placed() {
    Mapping root = Parts.root(object);
    Mapping metadata = Parts.part(root, "metadata");
    if (key().namespace().isEmpty() || metadata.get("namespace").isPresent()) {
      return root;
    }
    Mapping around = metadata.toBuilder().put("namespace", Text.of(key().namespace())).build();
    return root.toBuilder().set("metadata", around).build();
  }

  private Map<String, Object> request() {
    Map<String, Object> kind =
        Map.of("group", key().group(), "version", version, "kind", key().kind());
    Map<String, Object> place =
        Map.of("group", key().group(), "version", version, "resource", plural);
    Map<String, Object> request = new HashMap<>();
    request.put("kind", kind);
    request.put("requestKind", kind);
    request.put("resource", place);
    request.put("requestResource", place);
    request.put("subResource", "");
    request.put("requestSubResource", "");
    request.put("name", key().name());
    request.put("namespace", key().namespace());
    request.put("operation", "CREATE");
    request.put("dryRun", false);
    return request;
  }

  /** Returns the version in an {@code apiVersion}. */
  static String version(Mapping object) {
    String apiVersion = object.text("apiVersion").orElse("");
    return apiVersion.substring(apiVersion.indexOf('/') + 1);
  }
}
