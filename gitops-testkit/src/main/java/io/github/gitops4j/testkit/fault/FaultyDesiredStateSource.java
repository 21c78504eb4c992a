package io.github.gitops4j.testkit.fault;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.source.DesiredState;
import io.github.gitops4j.source.DesiredStateSource;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.RevisionOrder;
import java.util.Optional;

/** A source that goes wrong by a plan. */
record FaultyDesiredStateSource(DesiredStateSource source, FaultPlan faults)
    implements DesiredStateSource {
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
  public DesiredState fetch(Revision revision, Optional<DesiredState> hint, CallContext call) {
    faults.pass(InjectionPoint.BEFORE_FETCH, call);
    DesiredState fetched = source.fetch(revision, hint, call);
    faults.pass(InjectionPoint.AFTER_FETCH, call);
    return fetched;
  }

  @Override
  public RevisionOrder order() {
    return source.order();
  }

  @Override
  public void passEnded() {
    source.passEnded();
  }
}
