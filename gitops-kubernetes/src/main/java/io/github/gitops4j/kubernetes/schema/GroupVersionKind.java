package io.github.gitops4j.kubernetes.schema;

import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;

/** What an object says it is. Immutable. */
record GroupVersionKind(String group, String version, String kind) {
  private static final FieldPath API_VERSION = FieldPath.parse("/apiVersion");
  private static final FieldPath KIND = FieldPath.parse("/kind");

  static GroupVersionKind of(Document object) {
    String apiVersion = object.text(API_VERSION).orElse("");
    int slash = apiVersion.indexOf('/');
    return new GroupVersionKind(
        slash < 0 ? "" : apiVersion.substring(0, slash),
        apiVersion.substring(slash + 1),
        object.text(KIND).orElse(""));
  }

  String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }
}
