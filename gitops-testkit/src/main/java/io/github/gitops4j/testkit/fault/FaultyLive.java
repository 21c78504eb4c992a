package io.github.gitops4j.testkit.fault;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.live.ChangeFeed;
import io.github.gitops4j.live.LiveState;
import io.github.gitops4j.live.LiveStateProvider;
import io.github.gitops4j.live.Scope;
import java.util.Optional;

/** A provider that goes wrong by a plan. */
record FaultyLive(LiveStateProvider live, FaultPlan faults) implements LiveStateProvider {
  @Override
  public LiveState observe(Scope scope, CallContext call) {
    faults.pass(InjectionPoint.BEFORE_OBSERVE, call);
    LiveState state = live.observe(scope, call);
    faults.pass(InjectionPoint.AFTER_OBSERVE, call);
    return state;
  }

  @Override
  public Optional<ChangeFeed> changeFeed() {
    return live.changeFeed();
  }
}
