package io.github.gitops4j.kubernetes.live;

import io.github.gitops4j.resource.ResourceKey;

/** A kind within a namespace: what one list gives. Immutable. */
record Place(String group, String kind, String namespace) {
  static Place of(ResourceKey key) {
    return new Place(key.group(), key.kind(), key.namespace());
  }

  ResourceKey key(String name) {
    return ResourceKey.of(group, kind, namespace, name);
  }

  @Override
  public String toString() {
    return kind + (namespace.isEmpty() ? "" : " in " + namespace);
  }
}
