package io.github.gitops4j.kubernetes.plan;

import io.github.gitops4j.resource.ResourceKey;
import java.util.Optional;

/**
 * An object that takes others with it when it goes: a namespace, or the definition of a kind.
 *
 * @param sort what it holds
 * @param name its name
 */
record Holder(Sort sort, String name) {
  private static final String DEFINITIONS = "apiextensions.k8s.io";

  /** What is held. */
  enum Sort {
    /** Everything in a namespace. */
    NAMESPACE,
    /** Every object of a kind. */
    DEFINITION
  }

  /** Returns what an object is, if it holds others. */
  static Optional<Holder> of(ResourceKey key) {
    if (key.kind().equals("Namespace") && key.group().isEmpty()) {
      return Optional.of(new Holder(Sort.NAMESPACE, key.name()));
    }
    if (key.kind().equals("CustomResourceDefinition") && key.group().equals(DEFINITIONS)) {
      return Optional.of(new Holder(Sort.DEFINITION, key.name()));
    }
    return Optional.empty();
  }

  /** Returns the plural of the kind that is defined. */
  String plural() {
    return name.substring(0, Math.max(0, name.indexOf('.')));
  }

  /** Returns the group of the kind that is defined: the name is {@code plural.group}. */
  String group() {
    return name.substring(name.indexOf('.') + 1);
  }
}
