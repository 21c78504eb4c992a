package io.github.gitops4j.source;

import io.github.gitops4j.resource.Value;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.AliasEvent;

/**
 * The anchors of one document. An alias shares the anchored tree, which costs nothing, but counts
 * against the budget in full, because whoever walks the document walks it each time.
 */
final class YamlAnchors {
  private final NodeBudget budget;
  private final Map<String, Open> byName = new HashMap<>();
  private int deepest;

  YamlAnchors(NodeBudget budget) {
    this.budget = budget;
  }

  /** An anchored value, from its start on; until its end it must not be used. */
  static final class Open {
    private final int depth;
    private final int outerDeepest;
    private final int nodesBefore;
    private @Nullable Value value;
    private int nodes;
    private int height;

    private Open(int depth, int outerDeepest, int nodesBefore) {
      this.depth = depth;
      this.outerDeepest = outerDeepest;
      this.nodesBefore = nodesBefore;
    }
  }

  /** Forgets everything: anchors end with their document. */
  void clear() {
    byName.clear();
  }

  /** Notes the depth of a container. */
  void reach(int depth) {
    deepest = Math.max(deepest, depth);
  }

  Open open(String name, int depth) {
    Open anchor = new Open(depth, deepest, budget.nodes() - 1);
    byName.put(name, anchor);
    deepest = depth - 1;
    return anchor;
  }

  void close(Open anchor, Value value) {
    anchor.value = value;
    anchor.nodes = budget.nodes() - anchor.nodesBefore;
    anchor.height = deepest - anchor.depth + 1;
    deepest = Math.max(deepest, anchor.outerDeepest);
  }

  Value expand(AliasEvent alias, int depth) {
    Mark mark = alias.getStartMark();
    int line = mark.getLine() + 1;
    int column = mark.getColumn() + 1;
    Open anchor = byName.get(alias.getAnchor());
    if (anchor == null) {
      throw budget.wrong(line, column, "the alias *" + alias.getAnchor() + " has no anchor before");
    }
    if (anchor.value == null) {
      throw budget.wrong(line, column, "the alias *" + alias.getAnchor() + " contains itself");
    }
    budget.take(anchor.nodes, line, column);
    int reached = depth + anchor.height - 1;
    budget.checkDepth(reached, line, column);
    reach(reached);
    return anchor.value;
  }
}
