package io.github.gitops4j.testkit.fault;

import io.github.gitops4j.apply.Applier;
import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.apply.ApplyRequest;
import io.github.gitops4j.apply.ApplySession;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.resource.ResourceKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** An applier that goes wrong by a plan. */
record FaultyApplier(Applier applier, FaultPlan faults) implements Applier {
  @Override
  public ApplySession open(ApplyRequest request, CallContext call) {
    faults.pass(InjectionPoint.BEFORE_OPEN, call);
    ApplySession session = applier.open(request, call);
    try {
      faults.pass(InjectionPoint.AFTER_OPEN, call);
    } catch (RuntimeException | Error e) {
      session.close();
      throw e;
    }
    return new FaultySession(session, faults);
  }

  private record FaultySession(ApplySession session, FaultPlan faults) implements ApplySession {
    @Override
    public void apply(
        List<PlannedAction> batch, Consumer<ApplyOutcome> outcomes, CallContext call) {
      faults.pass(InjectionPoint.BEFORE_APPLY, call);
      session.apply(
          batch,
          outcome -> {
            faults.pass(InjectionPoint.OUTCOME, call);
            outcomes.accept(outcome);
          },
          call);
      faults.pass(InjectionPoint.AFTER_APPLY, call);
    }

    @Override
    public Optional<LiveResource> left(ResourceKey key) {
      return session.left(key);
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
