package io.github.gitops4j.plan;

import java.util.Optional;

/** Nothing is removed when nothing at all is declared: that is rather a wrong path. */
final class EmptyDesiredVeto implements Veto {
  @Override
  public Optional<PlannedAction.Hold> check(PlannedAction action, PlanFacts facts) {
    boolean isMeant = facts.policy().pruning() == PlanPolicy.Pruning.EVEN_ALL;
    if (isMeant || facts.desired().size() > 0 || !Removals.isRemoval(action)) {
      return Optional.empty();
    }
    return Optional.of(
        PlannedAction.Hold.of(action, HoldReason.EMPTY_DESIRED, "nothing at all is declared"));
  }
}
