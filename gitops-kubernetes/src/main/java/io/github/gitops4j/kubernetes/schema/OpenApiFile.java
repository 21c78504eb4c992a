package io.github.gitops4j.kubernetes.schema;

import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.kubernetes.internal.fields.JsonCursor;
import io.github.gitops4j.kubernetes.schema.Schema.Dialect;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.source.JsonReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * One document of OpenAPI, version 2 or 3, as an API server publishes it. It is walked over once to
 * find where each definition is; only those that are needed are read.
 *
 * <p>Thread-safe.
 */
final class OpenApiFile {
  private static final String KINDS = "x-kubernetes-group-version-kind";
  private static final Schema ANYTHING =
      new SchemaReader(Dialect.BUILT_IN, name -> OpenApiFile.anything()).read(Mapping.empty());

  /** Fields that are published as required, and for which the server takes none. */
  private static final Set<String> NOT_DEMANDED =
      Set.of(
          "CSIDriver.spec",
          "CSINode.spec",
          "CSINodeSpec.drivers",
          "DeviceClass.spec",
          "LimitRangeSpec.limits",
          "PriorityClass.value",
          "ResourceClaim.spec",
          "ResourceClaimTemplate.spec",
          "ResourceClaimTemplateSpec.spec");

  private final String file;
  private final byte[] json;
  private final Map<String, Span> definitions = new HashMap<>();
  private final Map<GroupVersionKind, String> kinds = new HashMap<>();
  private final ConcurrentMap<String, Schema> read = new ConcurrentHashMap<>();

  private OpenApiFile(String file, byte[] json) {
    this.file = file;
    this.json = json;
  }

  private record Span(int begin, int end) {}

  /** Walks over a document; nothing if it is no OpenAPI. */
  static Optional<OpenApiFile> of(String file, byte[] json) {
    OpenApiFile found = new OpenApiFile(file, json);
    try {
      JsonCursor cursor = new JsonCursor(json);
      if (cursor.isObject()) {
        cursor.enterObject();
        found.top(cursor);
      }
    } catch (IOException e) {
      throw new InvalidInputException(file, 0, 0, "not valid JSON: " + e.getMessage());
    }
    return found.definitions.isEmpty() ? Optional.empty() : Optional.of(found);
  }

  private void top(JsonCursor cursor) throws IOException {
    while (cursor.nextField()) {
      String name = cursor.name();
      if (name.equals("definitions") && cursor.isObject()) {
        definitions(cursor);
      } else if (name.equals("components") && cursor.isObject()) {
        cursor.enterObject();
        while (cursor.nextField()) {
          if (cursor.name().equals("schemas") && cursor.isObject()) {
            definitions(cursor);
          } else {
            cursor.skip();
          }
        }
      } else {
        cursor.skip();
      }
    }
  }

  private void definitions(JsonCursor cursor) throws IOException {
    cursor.enterObject();
    while (cursor.nextField()) {
      String name = cursor.name();
      int begin = cursor.position();
      if (cursor.isObject()) {
        cursor.enterObject();
        definition(name, cursor);
      } else {
        cursor.skip();
      }
      definitions.put(name, new Span(begin, cursor.position()));
    }
  }

  private void definition(String name, JsonCursor cursor) throws IOException {
    while (cursor.nextField()) {
      // What many groups share, such as options of a deletion, is nothing that is declared.
      if (cursor.name().equals(KINDS) && cursor.isArray() && !name.contains(".apis.meta.")) {
        cursor.enterArray();
        while (cursor.nextItem()) {
          kind(name, cursor);
        }
      } else {
        cursor.skip();
      }
    }
  }

  private void kind(String definition, JsonCursor cursor) throws IOException {
    if (!cursor.isObject()) {
      cursor.skip();
      return;
    }
    Map<String, String> parts = new HashMap<>();
    cursor.enterObject();
    while (cursor.nextField()) {
      parts.put(cursor.name(), cursor.text());
    }
    kinds.put(
        new GroupVersionKind(
            parts.getOrDefault("group", ""),
            parts.getOrDefault("version", ""),
            parts.getOrDefault("kind", "")),
        definition);
  }

  /** Returns a kind; only custom ones have defaults and rules. */
  Optional<Definition> find(GroupVersionKind kind, @Nullable RuleCompiler rules) {
    return Optional.ofNullable(kinds.get(kind))
        .map(
            name ->
                dialect(name) == Dialect.BUILT_IN
                    ? new Definition(definition(name), Mapping.empty(), null)
                    : new Definition(definition(name), written(name), rules));
  }

  /** Returns the groups of which Kubernetes itself has kinds here. */
  Set<String> builtInGroups() {
    Set<String> groups = new HashSet<>();
    kinds.forEach(
        (kind, definition) -> {
          if (dialect(definition) == Dialect.BUILT_IN) {
            groups.add(kind.group());
          }
        });
    return groups;
  }

  private Schema reference(String reference) {
    return definition(reference.substring(reference.lastIndexOf('/') + 1));
  }

  private Schema definition(String name) {
    Schema known = read.get(name);
    if (known == null) {
      // Two threads may both read it: it is the same one.
      known = parse(name);
      read.put(name, known);
    }
    return known;
  }

  private Schema parse(String name) {
    if (!definitions.containsKey(name)) {
      return ANYTHING;
    }
    Mapping schema = known(name, written(name));
    Schema read = new SchemaReader(dialect(name), this::reference).read(schema);
    return read.dialect() == Dialect.BUILT_IN
        ? read.requiring(field -> isDemanded(name, field))
        : read;
  }

  private Mapping written(String name) {
    Span span = definitions.get(name);
    if (span == null) {
      return Mapping.empty();
    }
    byte[] text = Arrays.copyOfRange(json, span.begin(), span.end());
    return JsonReader.create().read(file, text).root() instanceof Mapping mapping
        ? mapping
        : Mapping.empty();
  }

  private static boolean isDemanded(String definition, String field) {
    String type = definition.substring(definition.lastIndexOf('.') + 1);
    return !NOT_DEMANDED.contains(type + "." + field);
  }

  /** Both versions say of amounts less, or something else, than the server takes. */
  private static Mapping known(String name, Mapping schema) {
    return name.endsWith(".api.resource.Quantity") ? SchemaReader.QUANTITY : schema;
  }

  private static Dialect dialect(String definition) {
    boolean builtIn =
        definition.startsWith("io.k8s.api.")
            || definition.startsWith("io.k8s.apimachinery.")
            || definition.startsWith("io.k8s.apiextensions-apiserver.")
            || definition.startsWith("io.k8s.kube-aggregator.");
    return builtIn ? Dialect.BUILT_IN : Dialect.CUSTOM;
  }

  private static Schema anything() {
    return ANYTHING;
  }
}
