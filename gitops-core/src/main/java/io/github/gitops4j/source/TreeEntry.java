package io.github.gitops4j.source;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.FileMode;

/**
 * One file of a tree.
 *
 * <p>Immutable.
 *
 * @param path path relative to the tree's root, {@code /} between parts, as the source spells it
 * @param mode what it is
 * @param contentId identity of its bytes: equal ids mean equal bytes; for Git the blob id in hex
 * @since 0.1.0
 */
public record TreeEntry(String path, FileMode mode, String contentId) {
  /** Checks the parts. */
  public TreeEntry {
    requireNonNull(path, "path");
    requireNonNull(mode, "mode");
    requireNonNull(contentId, "contentId");
  }
}
