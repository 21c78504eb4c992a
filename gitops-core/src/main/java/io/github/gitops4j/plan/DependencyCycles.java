package io.github.gitops4j.plan;

import io.github.gitops4j.resource.ResourceKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells which cycle keeps a key from having an order: a shortest one that it is part of, else one
 * that it depends on.
 *
 * <p>Works without recursion, as a chain may be as long as its author likes.
 */
final class DependencyCycles {
  private final DependencyGraph graph;
  // Each key without order that may be on a cycle: what merely depends on one is left out.
  private final Set<ResourceKey> knot;
  private final Map<ResourceKey, List<ResourceKey>> found = new HashMap<>();

  DependencyCycles(DependencyGraph graph) {
    this.graph = graph;
    this.knot = knot(graph);
  }

  /** Returns the keys on the cycle, each before what it depends on; the key itself first, if on. */
  List<ResourceKey> cycleOf(ResourceKey start) {
    List<ResourceKey> walked = new ArrayList<>();
    ResourceKey at = start;
    List<ResourceKey> cycle = cycleThrough(at);
    while (cycle.isEmpty()) {
      walked.add(at);
      at = firstWithoutOrder(at);
      cycle = cycleThrough(at);
    }
    for (ResourceKey passed : walked) {
      found.put(passed, cycle);
    }
    return cycle;
  }

  /** Returns a shortest cycle through a key, one found before if it will do, or an empty list. */
  private List<ResourceKey> cycleThrough(ResourceKey key) {
    List<ResourceKey> known = found.get(key);
    if (known == null) {
      known = knot.contains(key) ? search(key) : List.of();
      for (ResourceKey member : known) {
        found.putIfAbsent(member, known);
      }
    }
    return known;
  }

  private List<ResourceKey> search(ResourceKey start) {
    Map<ResourceKey, ResourceKey> cameFrom = new HashMap<>();
    Deque<ResourceKey> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      ResourceKey at = open.poll();
      for (ResourceKey next : graph.dependencies(at)) {
        if (next.equals(start)) {
          return pathTo(at, cameFrom);
        }
        if (knot.contains(next) && !cameFrom.containsKey(next)) {
          cameFrom.put(next, at);
          open.add(next);
        }
      }
    }
    return List.of();
  }

  private static List<ResourceKey> pathTo(ResourceKey end, Map<ResourceKey, ResourceKey> cameFrom) {
    Deque<ResourceKey> path = new ArrayDeque<>();
    Optional<ResourceKey> at = Optional.of(end);
    while (at.isPresent()) {
      path.addFirst(at.get());
      at = Optional.ofNullable(cameFrom.get(at.get()));
    }
    return List.copyOf(path);
  }

  private ResourceKey firstWithoutOrder(ResourceKey key) {
    return graph.dependencies(key).stream()
        .filter(graph.unordered()::contains)
        .findFirst()
        .orElseThrow();
  }

  /** Takes away, again and again, what nothing else without order depends on. */
  private static Set<ResourceKey> knot(DependencyGraph graph) {
    Map<ResourceKey, Integer> dependents = new HashMap<>();
    for (ResourceKey key : graph.unordered()) {
      dependents.putIfAbsent(key, 0);
      for (ResourceKey on : new HashSet<>(graph.dependencies(key))) {
        dependents.merge(on, 1, Integer::sum);
      }
    }
    Set<ResourceKey> knot = new TreeSet<>(graph.unordered());
    Deque<ResourceKey> loose = new ArrayDeque<>();
    graph.unordered().stream()
        .filter(key -> dependents.getOrDefault(key, 0) == 0)
        .forEach(loose::add);
    while (!loose.isEmpty()) {
      ResourceKey key = loose.poll();
      knot.remove(key);
      for (ResourceKey on : new HashSet<>(graph.dependencies(key))) {
        if (dependents.merge(on, -1, Integer::sum) == 0 && knot.contains(on)) {
          loose.add(on);
        }
      }
    }
    return knot;
  }
}
