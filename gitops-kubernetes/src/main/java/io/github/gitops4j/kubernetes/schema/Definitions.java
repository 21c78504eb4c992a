package io.github.gitops4j.kubernetes.schema;

import io.github.gitops4j.kubernetes.schema.Schema.Trait;
import io.github.gitops4j.resource.Bool;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Sequence;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The custom kinds that are defined. Confined to one thread until all is known. */
final class Definitions {
  private static final FieldPath GROUP = FieldPath.parse("/spec/group");
  private static final FieldPath KIND = FieldPath.parse("/spec/names/kind");
  private static final FieldPath VERSIONS = FieldPath.parse("/spec/versions");

  private final @Nullable RuleCompiler rules;
  private final Map<String, SortedMap<String, Definition>> byKind = new HashMap<>();

  /** Creates none; without a compiler rules are left out. */
  Definitions(@Nullable RuleCompiler rules) {
    this.rules = rules;
  }

  static boolean isDefinition(GroupVersionKind kind) {
    return kind.kind().equals("CustomResourceDefinition")
        && kind.group().equals("apiextensions.k8s.io");
  }

  /** Adds what a definition says; a later one of the same kind counts. */
  void add(Document definition) {
    SortedMap<String, Definition> versions = new TreeMap<>();
    if (definition.at(VERSIONS).orElse(null) instanceof Sequence list) {
      for (int i = 0; i < list.size(); i++) {
        if (list.get(i) instanceof Mapping version
            && !Bool.FALSE.equals(version.get("served").orElse(null))) {
          version.text("name").ifPresent(name -> versions.put(name, read(version)));
        }
      }
    }
    byKind.put(name(definition.text(GROUP).orElse(""), definition.text(KIND).orElse("")), versions);
  }

  boolean knows(GroupVersionKind kind) {
    return byKind.containsKey(name(kind.group(), kind.kind()));
  }

  /** Returns a kind that is known; nothing if its version is not served. */
  Optional<Definition> find(GroupVersionKind kind) {
    return Optional.ofNullable(versions(kind).get(kind.version()));
  }

  /** Returns the versions that are served of a kind that is known. */
  Set<String> served(GroupVersionKind kind) {
    return versions(kind).keySet();
  }

  private SortedMap<String, Definition> versions(GroupVersionKind kind) {
    return byKind.getOrDefault(name(kind.group(), kind.kind()), new TreeMap<>());
  }

  private Definition read(Mapping version) {
    Mapping schema =
        version.get("schema").orElse(null) instanceof Mapping around
                && around.get("openAPIV3Schema").orElse(null) instanceof Mapping inside
            ? inside
            : Mapping.empty();
    Schema read = SchemaReader.custom().read(schema);
    Set<Trait> traits = EnumSet.of(Trait.EMBEDDED);
    traits.addAll(read.traits());
    Schema whole = new Schema(read.dialect(), read.form(), read.fields(), traits, read.rules());
    return new Definition(whole, schema, rules);
  }

  private static String name(String group, String kind) {
    return kind + "." + group;
  }
}
