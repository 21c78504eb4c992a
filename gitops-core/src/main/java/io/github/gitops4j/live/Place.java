package io.github.gitops4j.live;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.ResourceKey;

/**
 * Where resources of one kind are: what one list of an API gives.
 *
 * <p>Immutable.
 *
 * @param group API group; empty for the core group and for files
 * @param kind kind
 * @param namespace namespace; empty if there is none
 * @since 0.1.0
 */
public record Place(String group, String kind, String namespace) {
  /** Checks the parts. */
  public Place {
    requireNonNull(group, "group");
    requireNonNull(kind, "kind");
    requireNonNull(namespace, "namespace");
  }

  /** Returns the place of a resource. */
  public static Place of(ResourceKey key) {
    return new Place(key.group(), key.kind(), key.namespace());
  }

  /** Returns the key of a resource of that name here. */
  public ResourceKey key(String name) {
    return ResourceKey.of(group, kind, namespace, name);
  }

  /** Says whether a resource is here; cheaper than making its place. */
  public boolean holds(ResourceKey key) {
    return kind.equals(key.kind())
        && namespace.equals(key.namespace())
        && group.equals(key.group());
  }

  /** Returns the kind and its namespace, for messages. */
  @Override
  public String toString() {
    return kind + (namespace.isEmpty() ? "" : " in " + namespace);
  }
}
