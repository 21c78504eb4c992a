package io.github.gitops4j.plan;

import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.ResourceTraits;
import io.github.gitops4j.source.DesiredEntry;
import io.github.gitops4j.source.DesiredState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts each write after what it depends on, and holds what cannot be put anywhere.
 *
 * <p>A dependency of the same wave makes a layer within it; one of a later wave draws its dependent
 * into that wave.
 */
final class DependencyOrder {
  private static final int KEYS_NAMED = 20;

  private final DesiredState desired;

  DependencyOrder(DesiredState desired) {
    this.desired = desired;
  }

  /** Returns the same actions with their final steps. */
  List<PlannedAction> apply(List<PlannedAction> actions) {
    if (actions.stream().noneMatch(this::isWriteThatDepends)) {
      return actions;
    }
    Map<ResourceKey, PlannedAction> writes = new HashMap<>();
    for (PlannedAction action : actions) {
      if (action.head().desired().isPresent()) {
        writes.put(action.key(), action);
      }
    }
    DependencyGraph graph = new DependencyGraph(writes.keySet(), this::dependencies);
    Map<ResourceKey, PlannedAction> placed = place(graph, writes);
    List<PlannedAction> result = new ArrayList<>(actions.size());
    actions.forEach(
        action -> result.add(writes.containsKey(action.key()) ? placed.get(action.key()) : action));
    return result;
  }

  private boolean isWriteThatDepends(PlannedAction action) {
    return action.head().desired().isPresent() && !dependencies(action.key()).isEmpty();
  }

  private Map<ResourceKey, PlannedAction> place(
      DependencyGraph graph, Map<ResourceKey, PlannedAction> writes) {
    Map<ResourceKey, PlannedAction> placed = new HashMap<>(writes);
    Map<ResourceKey, Step> steps = new HashMap<>();
    for (ResourceKey key : graph.ordered()) {
      Step step = stepAfter(key, graph.dependencies(key), steps);
      steps.put(key, step);
      PlannedAction action = writes.get(key);
      if (action != null) {
        PlannedAction moved = action.at(step);
        placed.put(key, blockedBy(moved, graph.dependencies(key), placed).orElse(moved));
      }
    }
    DependencyCycles cycles = new DependencyCycles(graph);
    for (ResourceKey key : graph.unordered()) {
      PlannedAction action = writes.get(key);
      if (action != null && !(action instanceof PlannedAction.Hold)) {
        placed.put(key, cycleHold(action, cycles.cycleOf(key)));
      }
    }
    return placed;
  }

  private Step stepAfter(
      ResourceKey key, List<ResourceKey> dependencies, Map<ResourceKey, Step> steps) {
    ResourceTraits traits =
        desired.get(key).map(DesiredEntry::traits).orElse(ResourceTraits.DEFAULT);
    Step step = new Step(traits.phase(), Step.Stage.WRITE, traits.wave(), 0, traits.order());
    for (ResourceKey dependency : dependencies) {
      Step before = steps.get(dependency);
      if (before != null && waveOf(before).compareTo(waveOf(step)) >= 0) {
        step =
            new Step(
                before.phase(),
                Step.Stage.WRITE,
                before.wave(),
                before.layer() + 1,
                traits.order());
      }
    }
    return step;
  }

  /** A step without its order, so that only phase, wave and layer are compared. */
  private static Step waveOf(Step step) {
    return new Step(step.phase(), step.stage(), step.wave(), step.layer(), 0);
  }

  private Optional<PlannedAction> blockedBy(
      PlannedAction action,
      List<ResourceKey> dependencies,
      Map<ResourceKey, PlannedAction> placed) {
    if (action instanceof PlannedAction.Hold) {
      return Optional.empty();
    }
    for (ResourceKey dependency : dependencies) {
      if (desired.get(dependency).isEmpty()) {
        return dependencyHold(action, "depends on " + dependency + ", which is not declared");
      }
      if (placed.get(dependency) instanceof PlannedAction.Hold hold && blocks(hold)) {
        return dependencyHold(action, "depends on " + dependency + ", which is held");
      }
    }
    return Optional.empty();
  }

  private static boolean blocks(PlannedAction.Hold hold) {
    return hold.reason() != HoldReason.DRIFT_REPORTED;
  }

  private static Optional<PlannedAction> dependencyHold(PlannedAction action, String message) {
    return Optional.of(PlannedAction.Hold.of(action, HoldReason.DEPENDENCY, message));
  }

  private static PlannedAction cycleHold(PlannedAction action, List<ResourceKey> cycle) {
    if (cycle.contains(action.key())) {
      return PlannedAction.Hold.of(
          action,
          HoldReason.DEPENDENCY_CYCLE,
          "part of a cycle of dependencies: " + shortened(cycle));
    }
    return PlannedAction.Hold.of(
        action, HoldReason.DEPENDENCY, "depends on a cycle of dependencies: " + shortened(cycle));
  }

  private static String shortened(List<ResourceKey> cycle) {
    return cycle.size() <= KEYS_NAMED
        ? cycle.toString()
        : cycle.subList(0, KEYS_NAMED) + " and " + (cycle.size() - KEYS_NAMED) + " more";
  }

  private List<ResourceKey> dependencies(ResourceKey key) {
    return desired.get(key).map(entry -> entry.traits().dependsOn()).orElse(List.of());
  }
}
