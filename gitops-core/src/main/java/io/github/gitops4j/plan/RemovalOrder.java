package io.github.gitops4j.plan;

import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.inventory.InventoryRecord;
import io.github.gitops4j.resource.ResourceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Removes what depends on something before that something; a cycle is removed in one layer. */
final class RemovalOrder {
  private final Inventory inventory;

  RemovalOrder(Inventory inventory) {
    this.inventory = inventory;
  }

  /** Returns the same actions with their final steps. */
  List<PlannedAction> apply(List<PlannedAction> actions) {
    Map<ResourceKey, List<ResourceKey>> dependents = new HashMap<>();
    List<ResourceKey> removals = new ArrayList<>();
    for (PlannedAction action : actions) {
      if (action.head().desired().isEmpty()) {
        removals.add(action.key());
        dependencies(action.key())
            .forEach(
                on -> dependents.computeIfAbsent(on, any -> new ArrayList<>()).add(action.key()));
      }
    }
    if (dependents.isEmpty()) {
      return actions;
    }
    Map<ResourceKey, Integer> layers = layers(removals, dependents);
    return actions.stream().map(action -> moved(action, layers)).toList();
  }

  private static Map<ResourceKey, Integer> layers(
      List<ResourceKey> removals, Map<ResourceKey, List<ResourceKey>> dependents) {
    DependencyGraph graph =
        new DependencyGraph(removals, key -> dependents.getOrDefault(key, List.of()));
    Map<ResourceKey, Integer> layers = new HashMap<>();
    for (ResourceKey key : graph.ordered()) {
      int layer =
          graph.dependencies(key).stream()
              .mapToInt(dependent -> layers.getOrDefault(dependent, 0) + 1)
              .max()
              .orElse(0);
      layers.put(key, layer);
    }
    return layers;
  }

  private static PlannedAction moved(PlannedAction action, Map<ResourceKey, Integer> layers) {
    Integer layer = action.head().desired().isEmpty() ? layers.get(action.key()) : null;
    if (layer == null || layer == 0) {
      return action;
    }
    Step step = action.step();
    return action.at(new Step(step.phase(), step.stage(), step.wave(), layer, step.order()));
  }

  private List<ResourceKey> dependencies(ResourceKey key) {
    return inventory
        .get(key)
        .map(InventoryRecord::traits)
        .map(traits -> traits.dependsOn())
        .orElse(List.of());
  }
}
