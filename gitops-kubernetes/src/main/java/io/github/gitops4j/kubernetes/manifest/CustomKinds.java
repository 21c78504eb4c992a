package io.github.gitops4j.kubernetes.manifest;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.ResourceKey;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which custom kinds live in no namespace, as learnt from the definitions that were read and from
 * the cluster. The scope of a kind never changes, so nothing is forgotten.
 *
 * <p>Thread-safe.
 */
final class CustomKinds {
  private static final FieldPath GROUP = FieldPath.parse("/spec/group");
  private static final FieldPath KIND = FieldPath.parse("/spec/names/kind");
  private static final FieldPath SCOPE = FieldPath.parse("/spec/scope");

  /** The groups without a dot of their own, and the suffix of the others. */
  private static final Set<String> SHORT = Set.of("", "apps", "autoscaling", "batch", "policy");

  private final KindScopes cluster;
  // As "kind.group", which is what the id shows.
  private final Set<String> read = ConcurrentHashMap.newKeySet();
  private final Set<String> defined = ConcurrentHashMap.newKeySet();
  private final Set<String> served = ConcurrentHashMap.newKeySet();
  private final Set<String> used = ConcurrentHashMap.newKeySet();

  CustomKinds(KindScopes cluster) {
    this.cluster = cluster;
  }

  /** Takes note of what a definition says. */
  void learn(ResourceKey key, Document definition) {
    if (key.kind().equals("CustomResourceDefinition")
        && key.group().equals("apiextensions.k8s.io")) {
      String name = name(definition.text(GROUP).orElse(""), definition.text(KIND).orElse(""));
      read.add(name);
      if (definition.text(SCOPE).orElse("").equals("Cluster")) {
        defined.add(name);
      }
    }
  }

  /** Says whether a definition of a kind was read. */
  boolean isDefined(String group, String kind) {
    return read.contains(name(group, kind));
  }

  /** Says whether objects of a kind live in no namespace, as far as that is known now. */
  boolean isClusterWide(String group, String kind, CallContext call) {
    if (SHORT.contains(group)) {
      return false;
    }
    String name = name(group, kind);
    used.add(name);
    if (!defined.contains(name)
        && !served.contains(name)
        && cluster.isClusterWide(group, kind, call)) {
      served.add(name);
    }
    return isKnown(name);
  }

  /** Returns the kinds in use that live in no namespace; keys depend on nothing else of these. */
  Set<String> inUse() {
    Set<String> names = new TreeSet<>();
    for (String name : used) {
      if (isKnown(name)) {
        names.add(name);
      }
    }
    return names;
  }

  private boolean isKnown(String name) {
    return defined.contains(name) || served.contains(name);
  }

  private static String name(String group, String kind) {
    return kind + "." + group;
  }
}
