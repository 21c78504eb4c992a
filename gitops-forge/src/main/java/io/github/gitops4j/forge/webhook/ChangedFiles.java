package io.github.gitops4j.forge.webhook;

import java.util.List;
import java.util.function.Predicate;

/**
 * Which files a push changed, as far as its delivery tells.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public sealed interface ChangedFiles
    permits ChangedFiles.Known, ChangedFiles.Unknown, ChangedFiles.Truncated {

  /**
   * Says whether a file that passes a filter may have changed: always, unless all that changed is
   * known.
   */
  default boolean mayTouch(Predicate<String> filter) {
    return true;
  }

  /**
   * All that changed is known. Where a host does not say that a push was forced, it is what the new
   * commits change, and not what those that are gone did.
   *
   * @param paths each once, sorted
   */
  record Known(List<String> paths) implements ChangedFiles {
    /** Sorts the paths. */
    public Known {
      paths = paths.stream().distinct().sorted().toList();
    }

    @Override
    public boolean mayTouch(Predicate<String> filter) {
      return paths.stream().anyMatch(filter);
    }
  }

  /** The delivery does not tell. */
  record Unknown() implements ChangedFiles {}

  /** The delivery tells of some, and there are more. */
  record Truncated() implements ChangedFiles {}
}
