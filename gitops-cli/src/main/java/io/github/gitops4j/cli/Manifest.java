package io.github.gitops4j.cli;

import io.github.gitops4j.kubernetes.manifest.ManifestObject;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.ResourceKey;
import java.util.List;
import java.util.Optional;

/** What is known of Kubernetes manifests without a cluster. */
final class Manifest {
  private static final FieldPath API_VERSION = FieldPath.parse("/apiVersion");
  private static final FieldPath KIND = FieldPath.parse("/kind");
  private static final FieldPath NAMESPACE = FieldPath.parse("/metadata/namespace");
  private static final FieldPath NAME = FieldPath.parse("/metadata/name");

  private Manifest() {}

  /** Returns what a document is, if it says so. */
  static Optional<ResourceKey> key(Document document) {
    String version = document.text(API_VERSION).orElse("");
    String kind = document.text(KIND).orElse("");
    String name = document.text(NAME).orElse("");
    if (version.isEmpty() || kind.isEmpty() || name.isEmpty()) {
      return Optional.empty();
    }
    String group = version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
    return Optional.of(ResourceKey.of(group, kind, document.text(NAMESPACE).orElse(""), name));
  }

  /** Returns the objects of a list, as {@code kubectl get} prints it, or the document itself. */
  static List<Document> items(Document document) {
    if (document.text(API_VERSION).orElse("").isEmpty()) {
      return List.of(document);
    }
    return ManifestObject.in(document, 0).stream()
        .map(object -> Document.of(object.value()))
        .toList();
  }
}
