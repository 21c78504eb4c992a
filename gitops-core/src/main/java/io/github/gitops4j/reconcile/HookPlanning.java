package io.github.gitops4j.reconcile;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.history.HistoryState;
import io.github.gitops4j.history.HookState;
import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.inventory.OwnershipPolicy;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.live.LiveState;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.live.Scope;
import io.github.gitops4j.plan.ActionHead;
import io.github.gitops4j.plan.ActionKind;
import io.github.gitops4j.plan.HoldReason;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.plan.Precondition;
import io.github.gitops4j.plan.Step;
import io.github.gitops4j.resource.Hook;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.DesiredEntry;
import io.github.gitops4j.source.DesiredState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Adds to the actions of a plan the hooks that are to be run, and holds what comes after a hook
 * that has failed for this desired state.
 *
 * <p>A hook is run once for a desired state: if there is anything else to do, if it has changed, or
 * if an operation that has begun still lacks it. Drift that is put right later runs no hook again.
 */
final class HookPlanning {
  private final Setup setup;
  private final DesiredState desired;
  private final Inventory inventory;
  private final HistoryState history;
  private final CallContext call;

  HookPlanning(
      Setup setup,
      DesiredState desired,
      Inventory inventory,
      HistoryState history,
      CallContext call) {
    this.setup = setup;
    this.desired = desired;
    this.inventory = inventory;
    this.history = history;
    this.call = call;
  }

  /** Returns the actions with those of the hooks, which run in their waves. */
  List<PlannedAction> added(List<PlannedAction> actions, List<DesiredEntry> hooks) {
    Map<ResourceKey, DesiredEntry> candidates = new TreeMap<>();
    Optional<DesiredEntry> failed = Optional.empty();
    boolean anythingToDo = isResumed() || actions.stream().anyMatch(HookPlanning::acts);
    for (DesiredEntry hook : hooks) {
      if (hook.traits().hook().orElseThrow().moment() == Hook.Moment.IN_ITS_WAVE) {
        if (hasFailed(hook)) {
          failed = failed.isEmpty() || isBefore(hook, failed.get()) ? Optional.of(hook) : failed;
        } else if (mayBeDue(hook, anythingToDo)) {
          candidates.put(hook.key(), hook);
        }
      }
    }
    List<PlannedAction> all = new ArrayList<>(actions);
    if (!candidates.isEmpty()) {
      LiveState live = setup.observe(Scope.keys(candidates.keySet()), call);
      candidates
          .values()
          .forEach(hook -> run(hook, Setup.observation(live, hook.key())).ifPresent(all::add));
    }
    return failed.map(hook -> heldAfter(hook, all)).orElse(all);
  }

  private static boolean acts(PlannedAction action) {
    return !(action instanceof PlannedAction.Hold);
  }

  private boolean isResumed() {
    return history
        .running()
        .map(HistoryEvent.OperationBegan::contentId)
        .filter(desired.contentId()::equals)
        .isPresent();
  }

  private boolean hasFailed(DesiredEntry hook) {
    return state(hook)
        .filter(state -> state.ended(Hook.End.FAILED))
        .filter(this::isOfNow)
        .isPresent();
  }

  private Optional<HookState> state(DesiredEntry hook) {
    return Optional.ofNullable(history.hooks().get(hook.key()));
  }

  private boolean isOfNow(HookState state) {
    return HookRuns.isFor(state.run(), desired);
  }

  private boolean mayBeDue(DesiredEntry hook, boolean anythingToDo) {
    Optional<HookState> state = state(hook);
    if (state.isEmpty()) {
      return true;
    }
    if (isOfNow(state.get())) {
      return state.get().end().isEmpty();
    }
    return anythingToDo
        || !state.get().ended(Hook.End.SUCCEEDED)
        || !state.get().run().content().equals(hook.digest());
  }

  /** Returns the action that runs a hook; nothing if it is running already. */
  private Optional<PlannedAction> run(DesiredEntry hook, Observation seen) {
    Optional<HookState> begun = state(hook).filter(this::isOfNow);
    if (seen instanceof Observation.Present present) {
      LiveResource live = present.resource();
      boolean runs = begun.isPresent() && !begun.get().run().replaced().equals(live.uid());
      return runs ? Optional.empty() : Optional.of(replacing(hook, live));
    }
    if (seen instanceof Observation.Unreadable unreadable) {
      return Optional.of(
          held(
              hook,
              Precondition.MustBeAbsent.INSTANCE,
              HoldReason.UNDECIDED,
              unreadable.failure().message()));
    }
    boolean vanished = begun.isPresent() && HookRuns.wasSeen(hook.key(), history);
    return vanished
        ? Optional.empty()
        : Optional.of(
            new PlannedAction.RunHook(
                ActionHead.ofWrite(hook, Precondition.MustBeAbsent.INSTANCE)));
  }

  private PlannedAction replacing(DesiredEntry hook, LiveResource live) {
    Precondition seen = Precondition.MustEqual.of(live);
    boolean ours =
        state(hook).isPresent()
            || inventory.get(hook.key()).isPresent()
            || live.owner().equals(inventory.owner());
    if (!ours && setup.policy.ownership() == OwnershipPolicy.MUST_MATCH) {
      return live.owner().isEmpty()
          ? held(hook, seen, HoldReason.UNMANAGED_IN_THE_WAY, "there already, and no hook of ours")
          : held(hook, seen, HoldReason.OWNED_BY_ANOTHER, "owned by " + live.owner());
    }
    return new PlannedAction.RunHook(ActionHead.ofWrite(hook, seen));
  }

  private static PlannedAction held(
      DesiredEntry hook, Precondition seen, HoldReason reason, String message) {
    return new PlannedAction.Hold(
        ActionHead.ofWrite(hook, seen), ActionKind.RUN_HOOK, reason, message, List.of());
  }

  private static List<PlannedAction> heldAfter(DesiredEntry failed, List<PlannedAction> actions) {
    String why = failed.key() + " has failed for this revision, and comes before it";
    return actions.stream()
        .map(
            action ->
                acts(action) && HookRuns.comesBefore(failed, action.step())
                    ? PlannedAction.Hold.of(action, HoldReason.HOOK_FAILED, why)
                    : action)
        .toList();
  }

  private static boolean isBefore(DesiredEntry one, DesiredEntry other) {
    return Step.ofWrite(one.traits()).compareTo(Step.ofWrite(other.traits())) < 0;
  }
}
