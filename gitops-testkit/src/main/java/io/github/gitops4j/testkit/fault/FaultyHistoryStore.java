package io.github.gitops4j.testkit.fault;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.history.HistoryAuditor;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.history.HistoryRecord;
import io.github.gitops4j.history.HistoryState;
import io.github.gitops4j.history.HistoryStore;
import java.time.Instant;
import java.util.List;

/** A history that goes wrong by a plan. */
record FaultyHistoryStore(HistoryStore store, FaultPlan faults) implements HistoryStore {
  @Override
  public HistoryRecord append(HistoryEvent event, Instant time, CallContext call) {
    faults.pass(InjectionPoint.BEFORE_APPEND, call);
    HistoryRecord record = store.append(event, time, call);
    faults.pass(InjectionPoint.AFTER_APPEND, call);
    return record;
  }

  @Override
  public HistoryState state(CallContext call) {
    faults.pass(InjectionPoint.BEFORE_STATE, call);
    return store.state(call);
  }

  @Override
  public List<HistoryRecord> newest(int limit, CallContext call) {
    faults.pass(InjectionPoint.BEFORE_NEWEST, call);
    return store.newest(limit, call);
  }

  @Override
  public void audit(HistoryAuditor auditor, CallContext call) {
    faults.pass(InjectionPoint.BEFORE_NEWEST, call);
    store.audit(auditor, call);
  }
}
