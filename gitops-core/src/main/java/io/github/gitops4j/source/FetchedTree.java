package io.github.gitops4j.source;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import java.util.List;

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

  /** Returns this with the tree that the renderers make of it, one after the other. */
  FetchedTree rendered(List<Renderer> renderers, CallContext call) {
    SourceTree made = tree;
    for (Renderer renderer : renderers) {
      made = renderer.render(made, call);
    }
    return new FetchedTree(made, revision, provenance);
  }
}
