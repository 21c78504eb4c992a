package io.github.gitops4j.source;

import static java.util.Objects.requireNonNull;

/**
 * A tree, the revision it is, and who made it.
 *
 * <p>Immutable.
 *
 * @param tree the files
 * @param revision the revision that was asked for
 * @param provenance who made it
 * @since 0.1.0
 */
public record FetchedTree(SourceTree tree, Revision revision, Provenance provenance) {
  /** Checks the parts. */
  public FetchedTree {
    requireNonNull(tree, "tree");
    requireNonNull(revision, "revision");
    requireNonNull(provenance, "provenance");
  }
}
