package io.github.gitops4j.kubernetes.internal.api;

import io.github.gitops4j.resource.MappingReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The kinds that a server serves.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class KindTable {
  private final Map<GroupKind, ApiKind> kinds;
  private final Set<String> unreachable;

  private KindTable(Map<GroupKind, ApiKind> kinds, Set<String> unreachable) {
    this.kinds = Map.copyOf(kinds);
    this.unreachable = Set.copyOf(unreachable);
  }

  /**
   * A kind within its group.
   *
   * @param group the API group; empty text for the core group
   * @param kind the kind
   */
  public record GroupKind(String group, String kind) {}

  /** Reads the answers of aggregated discovery: the core group, and all others. */
  static KindTable read(ApiAnswer core, ApiAnswer others) {
    Map<GroupKind, ApiKind> kinds = new HashMap<>();
    Set<String> unreachable = new HashSet<>();
    for (ApiAnswer answer : List.of(core, others)) {
      for (MappingReader group :
          MappingReader.of("discovery", answer.document().root()).objects("items")) {
        readGroup(group, kinds, unreachable);
      }
    }
    return new KindTable(kinds, unreachable);
  }

  private static void readGroup(
      MappingReader group, Map<GroupKind, ApiKind> kinds, Set<String> unreachable) {
    String name = group.optionalObject("metadata").flatMap(m -> m.optionalText("name")).orElse("");
    Map<String, List<String>> versions = new LinkedHashMap<>();
    Map<String, MappingReader> first = new LinkedHashMap<>();
    for (MappingReader version : group.objects("versions")) {
      if (version.optionalText("freshness").orElse("Current").equals("Stale")) {
        unreachable.add(name);
      }
      if (version.value("resources").isEmpty()) {
        continue;
      }
      for (MappingReader resource : version.objects("resources")) {
        String kind =
            resource.optionalObject("responseKind").flatMap(k -> k.optionalText("kind")).orElse("");
        String id = kind + "/" + resource.text("resource");
        versions.computeIfAbsent(id, k -> new ArrayList<>()).add(version.text("version"));
        first.putIfAbsent(id, resource);
      }
    }
    first.forEach(
        (id, resource) -> {
          String kind = id.substring(0, id.indexOf('/'));
          ApiKind entry =
              new ApiKind(
                  name,
                  versions.getOrDefault(id, List.of()),
                  resource.text("resource"),
                  resource.optionalText("scope").orElse("").equals("Namespaced"),
                  new HashSet<>(resource.texts("verbs")));
          if (!kind.isEmpty() && entry.isManageable()) {
            kinds.putIfAbsent(new GroupKind(name, kind), entry);
          }
        });
  }

  /** Returns how a kind is reached; nothing if the server does not serve it, or cannot say. */
  public Optional<ApiKind> find(String group, String kind) {
    return Optional.ofNullable(kinds.get(new GroupKind(group, kind)));
  }

  /** Gives each kind to the visitor, in the order of their names. */
  public void forEach(BiConsumer<GroupKind, ApiKind> visitor) {
    kinds.entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<GroupKind, ApiKind> entry) -> entry.getKey().group())
                .thenComparing(entry -> entry.getKey().kind()))
        .forEach(entry -> visitor.accept(entry.getKey(), entry.getValue()));
  }

  /** Says whether what a group has is not known, as the server behind it does not answer. */
  public boolean isUnreachable(String group) {
    return unreachable.contains(group);
  }

  /** Returns the groups of which it is not known what they have. */
  public Set<String> unreachable() {
    return unreachable;
  }

  /** Returns the number of kinds. */
  public int size() {
    return kinds.size();
  }
}
