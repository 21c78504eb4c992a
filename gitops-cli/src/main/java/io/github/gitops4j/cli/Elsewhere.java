package io.github.gitops4j.cli;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.source.FetchedTree;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.RevisionOrder;
import io.github.gitops4j.source.TreeSource;

/**
 * A source that is not in the clone that is looked at. Nobody connects to it: what names it may be
 * a stranger's.
 *
 * @param id its name
 */
record Elsewhere(String id) implements TreeSource {
  @Override
  public Revision latest(CallContext call) {
    throw unread();
  }

  @Override
  public FetchedTree fetch(Revision revision, CallContext call) {
    throw unread();
  }

  @Override
  public RevisionOrder order() {
    throw unread();
  }

  private SourceException unread() {
    return new SourceException(
        FailureCategory.UNSUPPORTED, id + ": not read: it is not in the clone that is looked at");
  }
}
