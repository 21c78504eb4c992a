package io.github.gitops4j.plan;

/** Makes an action again with another step. */
final class Rebuild {
  private Rebuild() {}

  static PlannedAction at(PlannedAction action, Step step) {
    ActionHead old = action.head();
    if (old.step().equals(step)) {
      return action;
    }
    ActionHead head =
        new ActionHead(old.key(), step, old.desired(), old.precondition(), old.origin());
    if (action instanceof PlannedAction.Create) {
      return new PlannedAction.Create(head);
    } else if (action instanceof PlannedAction.Update update) {
      return new PlannedAction.Update(head, update.changes(), update.overwritten());
    } else if (action instanceof PlannedAction.Replace replace) {
      return new PlannedAction.Replace(head, replace.changes());
    } else if (action instanceof PlannedAction.Adopt) {
      return new PlannedAction.Adopt(head);
    } else if (action instanceof PlannedAction.Prune) {
      return new PlannedAction.Prune(head);
    } else if (action instanceof PlannedAction.Quarantine) {
      return new PlannedAction.Quarantine(head);
    } else if (action instanceof PlannedAction.Release) {
      return new PlannedAction.Release(head);
    } else if (action instanceof PlannedAction.RunHook) {
      return new PlannedAction.RunHook(head);
    } else if (action instanceof PlannedAction.Hold hold) {
      return new PlannedAction.Hold(
          head, hold.withheld(), hold.reason(), hold.message(), hold.changes());
    }
    throw new AssertionError(action);
  }
}
