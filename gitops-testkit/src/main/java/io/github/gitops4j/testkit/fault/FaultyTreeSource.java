package io.github.gitops4j.testkit.fault;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.source.FetchedTree;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.RevisionOrder;
import io.github.gitops4j.source.TreeSource;

/** A source that goes wrong by a plan. */
record FaultyTreeSource(TreeSource source, FaultPlan faults) implements TreeSource {
  @Override
  public String id() {
    return source.id();
  }

  @Override
  public Revision latest(CallContext call) {
    faults.pass(InjectionPoint.BEFORE_LATEST, call);
    return source.latest(call);
  }

  @Override
  public FetchedTree fetch(Revision revision, CallContext call) {
    faults.pass(InjectionPoint.BEFORE_FETCH, call);
    FetchedTree fetched = source.fetch(revision, call);
    faults.pass(InjectionPoint.AFTER_FETCH, call);
    return fetched;
  }

  @Override
  public RevisionOrder order() {
    return source.order();
  }
}
