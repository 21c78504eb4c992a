package io.github.gitops4j.plan;

import io.github.gitops4j.resource.ResourceKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The dependencies that can be reached from some keys, in an order in which each comes after what
 * it depends on; and what has no such order.
 *
 * <p>Works without recursion, as a chain may be as long as its author likes.
 */
final class DependencyGraph {
  private final Map<ResourceKey, List<ResourceKey>> edges = new TreeMap<>();
  private final List<ResourceKey> ordered = new ArrayList<>();
  private final Set<ResourceKey> unordered = new TreeSet<>();

  /** Builds the graph of everything reachable from the roots. */
  DependencyGraph(
      Collection<ResourceKey> roots, Function<ResourceKey, List<ResourceKey>> dependencies) {
    collect(roots, dependencies);
    order();
  }

  /** Returns the keys that have an order, dependencies first; equal input gives equal order. */
  List<ResourceKey> ordered() {
    return ordered;
  }

  /** Returns the keys that are on a cycle or depend on one. */
  Set<ResourceKey> unordered() {
    return unordered;
  }

  /** Returns what a key depends on. */
  List<ResourceKey> dependencies(ResourceKey key) {
    return edges.getOrDefault(key, List.of());
  }

  private void collect(
      Collection<ResourceKey> roots, Function<ResourceKey, List<ResourceKey>> dependencies) {
    Deque<ResourceKey> open = new ArrayDeque<>(roots);
    while (!open.isEmpty()) {
      ResourceKey key = open.poll();
      if (!edges.containsKey(key)) {
        List<ResourceKey> targets = dependencies.apply(key);
        edges.put(key, targets);
        open.addAll(targets);
      }
    }
  }

  private void order() {
    Map<ResourceKey, Integer> waitingFor = new HashMap<>();
    Map<ResourceKey, List<ResourceKey>> dependents = new HashMap<>();
    TreeSet<ResourceKey> ready = new TreeSet<>();
    edges.forEach(
        (key, targets) -> {
          Set<ResourceKey> distinct = new HashSet<>(targets);
          waitingFor.put(key, distinct.size());
          distinct.forEach(
              target -> dependents.computeIfAbsent(target, any -> new ArrayList<>()).add(key));
          if (distinct.isEmpty()) {
            ready.add(key);
          }
        });
    while (!ready.isEmpty()) {
      ResourceKey key = ready.pollFirst();
      ordered.add(key);
      for (ResourceKey dependent : dependents.getOrDefault(key, List.of())) {
        if (waitingFor.merge(dependent, -1, Integer::sum) == 0) {
          ready.add(dependent);
        }
      }
    }
    unordered.addAll(edges.keySet());
    ordered.forEach(unordered::remove);
  }
}
