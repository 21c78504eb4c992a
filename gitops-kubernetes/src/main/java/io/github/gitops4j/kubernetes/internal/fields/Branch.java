package io.github.gitops4j.kubernetes.internal.fields;

import io.github.gitops4j.resource.Mapping;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A tree of owned fields that grows. Confined to one thread. */
final class Branch {
  private final SortedMap<String, Branch> below = new TreeMap<>();
  private boolean place;

  void add(List<OwnedStep> path) {
    Branch at = this;
    for (OwnedStep step : path) {
      at = at.below.computeIfAbsent(step.toString(), key -> new Branch());
    }
    at.place = true;
  }

  /** Writes it as the server does: a place with nothing below it is empty, else it has a dot. */
  Mapping tree() {
    Mapping.Builder tree = Mapping.builder();
    if (place && !below.isEmpty()) {
      tree.put(".", Mapping.empty());
    }
    below.forEach((key, branch) -> tree.put(key, branch.tree()));
    return tree.build();
  }
}
