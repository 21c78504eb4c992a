package io.github.gitops4j.source;

import java.util.List;

/**
 * What changed between two trees, if that is known.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public sealed interface TreeChanges permits TreeChanges.Known, TreeChanges.Unknown {

  /**
   * Exactly these paths differ.
   *
   * @param changes one for each path that differs, in path order
   */
  record Known(List<TreeChange> changes) implements TreeChanges {
    /** Copies the list. */
    public Known {
      changes = List.copyOf(changes);
    }
  }

  /** Anything may differ: look at the whole tree. */
  record Unknown() implements TreeChanges {}
}
