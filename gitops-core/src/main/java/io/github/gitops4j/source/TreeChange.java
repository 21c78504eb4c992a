package io.github.gitops4j.source;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * How one path differs between two trees.
 *
 * <p>Immutable.
 *
 * @param path the path
 * @param before the entry in the older tree, if it was there
 * @param after the entry in the newer tree, if it is there
 * @since 0.1.0
 */
public record TreeChange(String path, Optional<TreeEntry> before, Optional<TreeEntry> after) {
  /** Checks the parts. */
  public TreeChange {
    requireNonNull(path, "path");
    requireNonNull(before, "before");
    requireNonNull(after, "after");
  }
}
