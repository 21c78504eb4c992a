package io.github.gitops4j.plan;

import java.util.Optional;

/** Nothing is removed while part of the desired state cannot be read: it may be in that part. */
final class IncompleteDesiredVeto implements Veto {
  @Override
  public Optional<PlannedAction.Hold> check(PlannedAction action, PlanFacts facts) {
    if (facts.desired().broken().isEmpty() || !Removals.isRemoval(action)) {
      return Optional.empty();
    }
    return Optional.of(
        PlannedAction.Hold.of(
            action,
            HoldReason.INCOMPLETE_DESIRED,
            facts.desired().broken().size() + " inputs cannot be understood"));
  }
}
