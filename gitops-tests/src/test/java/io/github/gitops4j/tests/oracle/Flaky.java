package io.github.gitops4j.tests.oracle;

import io.github.gitops4j.apply.Applier;
import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.apply.ApplyRequest;
import io.github.gitops4j.apply.ApplySession;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.ApplyException;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.plan.PlannedAction;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Fails some actions, and now and then stops in the middle of a batch. */
record Flaky(Applier applier, Random random) implements Applier {
  @Override
  public ApplySession open(ApplyRequest request, CallContext call) {
    return new Session(applier.open(request, call), random);
  }

  private record Session(ApplySession session, Random random) implements ApplySession {
    @Override
    public void apply(
        List<PlannedAction> batch, Consumer<ApplyOutcome> outcomes, CallContext call) {
      for (PlannedAction action : batch) {
        int dice = random.nextInt(12);
        if (dice == 0) {
          Failure failure = Failure.of(FailureCategory.UNAVAILABLE, "dice");
          outcomes.accept(new ApplyOutcome.Failed(action.key(), failure));
        } else if (dice == 1) {
          session.apply(List.of(action), outcome -> {}, call);
          throw new ApplyException(FailureCategory.UNAVAILABLE, "dice, after writing");
        } else {
          session.apply(List.of(action), outcomes, call);
        }
      }
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
