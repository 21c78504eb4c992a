package io.github.gitops4j.source;

import io.github.gitops4j.call.CallContext;

/**
 * Says how two revisions of one source relate, so that an older one is never applied by accident.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface RevisionOrder {
  /** How a candidate stands to a base. */
  enum Relation {
    /** Both are the same. */
    SAME,
    /** The candidate descends from the base. */
    AHEAD,
    /** The base descends from the candidate. */
    BEHIND,
    /** Neither descends from the other. */
    DIVERGED,
    /** It cannot be known, as the history is not there: whatever asks must expect the worst. */
    UNKNOWN,
    /** Revisions of this source have no order, so none is older than another. */
    UNORDERED
  }

  /** Returns how the candidate stands to the base. */
  Relation relation(Revision candidate, Revision base, CallContext call);

  /** Returns an order for sources that have none: equal ids are SAME, all else UNORDERED. */
  static RevisionOrder none() {
    return (candidate, base, call) ->
        candidate.sameContentAs(base) ? Relation.SAME : Relation.UNORDERED;
  }
}
