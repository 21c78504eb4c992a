package io.github.gitops4j.cli;

import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.InputCheck;
import io.github.gitops4j.source.InputFinding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** What applications declare of the same place. Confined to one thread. */
final class SharedPlaces {
  private final Map<String, Map<ResourceKey, Declared>> places = new HashMap<>();

  private record Declared(String application, Origin origin) {}

  /** Returns what looks whether another application declares the same. */
  InputCheck check(String application, String place) {
    Map<ResourceKey, Declared> before = places.getOrDefault(place, Map.of());
    return (resource, call) -> {
      Declared other = before.get(resource.key());
      return other == null || other.application().equals(application)
          ? List.of()
          : List.of(
              InputFinding.error(
                  InputFinding.Rule.DUPLICATE,
                  resource,
                  "application " + other.application() + " declares it too, at " + other.origin()));
    };
  }

  /** Takes note of what an application declares. */
  void add(String application, String place, SortedMap<ResourceKey, Origin> declared) {
    Map<ResourceKey, Declared> known = places.computeIfAbsent(place, key -> new HashMap<>());
    declared.forEach((key, origin) -> known.putIfAbsent(key, new Declared(application, origin)));
  }
}
