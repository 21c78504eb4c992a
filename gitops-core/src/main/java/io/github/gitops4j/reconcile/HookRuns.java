package io.github.gitops4j.reconcile;

import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.apply.ApplyRequest;
import io.github.gitops4j.apply.ApplySession;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.health.Health;
import io.github.gitops4j.health.HealthInput;
import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.history.HistoryState;
import io.github.gitops4j.history.HookRun;
import io.github.gitops4j.history.HookState;
import io.github.gitops4j.live.LiveState;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.live.Scope;
import io.github.gitops4j.plan.ActionHead;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.plan.Precondition;
import io.github.gitops4j.plan.Step;
import io.github.gitops4j.resource.Hook;
import io.github.gitops4j.resource.Phase;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.DesiredEntry;
import io.github.gitops4j.source.DesiredState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The hooks that one operation runs: what is recorded of them, and how they end.
 *
 * <p>A run is recorded before it begins. One that was killed in between has either made something
 * new, and goes on, or has not, and is run again. What was seen running and is gone has failed, as
 * nobody knows how it ended.
 *
 * <p>Confined to one reconcile call.
 */
final class HookRuns {
  private final Setup setup;
  private final Decided decided;
  private final Notes notes;
  private final String operation;
  private final CallContext call;
  private final Instant since;
  // Of the runs for this desired state, by key.
  private final SortedMap<ResourceKey, HookState> states = new TreeMap<>();
  private final Set<ResourceKey> seen = new HashSet<>();
  private final SortedMap<ResourceKey, HealthReport> running = new TreeMap<>();

  HookRuns(Setup setup, HistoryState history, Decided decided, Notes notes, CallContext call) {
    this.setup = setup;
    this.decided = decided;
    this.notes = notes;
    this.operation = notes.operation();
    this.call = call;
    this.since =
        history.awaits().map(HistoryEvent.OperationAwaits::since).orElse(setup.clock.instant());
    history
        .hooks()
        .forEach(
            (key, state) -> {
              if (isFor(state.run(), decided.desired()) && hook(key).isPresent()) {
                states.put(key, state);
                if (wasSeen(key, history)) {
                  seen.add(key);
                }
              }
            });
  }

  /**
   * Where it is noted what happens.
   *
   * @param operation the operation
   * @param recording what is recorded before the next write, and at the end
   */
  record Notes(String operation, Recording recording) {}

  /** Says whether a run is one for that desired state. */
  static boolean isFor(HookRun run, DesiredState desired) {
    return run.contentId().equals(desired.contentId())
        || run.revision().equals(desired.revision().id());
  }

  /** Says whether a hook was seen running by a pass of the operation that goes on. */
  static boolean wasSeen(ResourceKey key, HistoryState history) {
    return history.awaits().filter(awaits -> awaits.keys().contains(key)).isPresent();
  }

  /** Says whether a hook has to be over before a step. */
  static boolean comesBefore(DesiredEntry hook, Step step) {
    Step own = Step.ofWrite(hook.traits());
    return !own.sameWave(step) && own.compareTo(step) < 0;
  }

  boolean isHook(ResourceKey key) {
    return hook(key).isPresent();
  }

  private Optional<Hook> hook(ResourceKey key) {
    return decided.desired().get(key).flatMap(entry -> entry.traits().hook());
  }

  /** Records the runs among these actions, before they begin. */
  void starting(Collection<PlannedAction> actions) {
    for (PlannedAction action : actions) {
      if (action instanceof PlannedAction.RunHook) {
        String replaced =
            action.head().precondition() instanceof Precondition.MustEqual equal ? equal.uid() : "";
        HookRun run =
            new HookRun(
                action.key(),
                decided.desired().revision().id(),
                decided.desired().contentId(),
                action.head().desired().orElseThrow(),
                replaced);
        notes.recording().add(new HistoryEvent.HookStarted(operation, run));
        states.put(action.key(), new HookState(operation, run, Optional.empty(), ""));
      }
    }
  }

  /** Takes note of what was really begun. */
  void begun(List<ApplyOutcome> outcomes) {
    for (ApplyOutcome outcome : outcomes) {
      if (outcome instanceof ApplyOutcome.Written && isHook(outcome.key())) {
        seen.add(outcome.key());
      }
    }
  }

  /** Looks at what runs, and records what has ended. */
  void settle() {
    running.clear();
    Set<ResourceKey> open = new HashSet<>();
    states.forEach(
        (key, state) -> {
          if (state.end().isEmpty()) {
            open.add(key);
          }
        });
    if (open.isEmpty()) {
      return;
    }
    LiveState live = setup.observe(Scope.keys(open), call);
    for (ResourceKey key : open) {
      settle(key, Setup.observation(live, key));
    }
  }

  private void settle(ResourceKey key, Observation observed) {
    HookState state = states.get(key);
    boolean old =
        observed instanceof Observation.Present present
            && state != null
            && state.run().replaced().equals(present.resource().uid())
            && !state.run().replaced().isEmpty();
    boolean absent = observed instanceof Observation.Absent;
    if ((old || absent) && !seen.contains(key)) {
      return;
    }
    if (absent) {
      end(key, Hook.End.FAILED, "it is gone before its end was seen");
      return;
    }
    HealthReport report =
        new Healthy(setup).assess(new HealthInput(key, observed, setup.clock.instant(), since));
    if (report.health() == Health.HEALTHY) {
      end(key, Hook.End.SUCCEEDED, "");
    } else if (report.health() == Health.DEGRADED) {
      end(key, Hook.End.FAILED, report.reason());
    } else {
      running.put(key, report);
    }
  }

  private void end(ResourceKey key, Hook.End end, String reason) {
    notes.recording().add(new HistoryEvent.HookEnded(operation, key, end, reason));
    states.computeIfPresent(
        key, (any, state) -> new HookState(operation, state.run(), Optional.of(end), reason));
  }

  /** Gives up on what still runs. */
  void expire() {
    for (Map.Entry<ResourceKey, HealthReport> late : new TreeMap<>(running).entrySet()) {
      end(late.getKey(), Hook.End.FAILED, "not over in time: " + late.getValue().reason());
    }
    running.clear();
  }

  /** Returns what runs, with its health. */
  SortedMap<ResourceKey, HealthReport> running() {
    return running;
  }

  /** Returns what runs because the operation has failed, with its health. */
  SortedMap<ResourceKey, HealthReport> runningForFailure() {
    SortedMap<ResourceKey, HealthReport> some = new TreeMap<>(running);
    some.keySet().removeIf(key -> !isOf(key, Hook.Moment.ON_FAILURE));
    return some;
  }

  /** Returns what runs and has to be over before a step. */
  SortedMap<ResourceKey, HealthReport> runningBefore(Step step) {
    SortedMap<ResourceKey, HealthReport> before = new TreeMap<>();
    running.forEach(
        (key, report) -> {
          if (decided.desired().get(key).filter(hook -> comesBefore(hook, step)).isPresent()) {
            before.put(key, report);
          }
        });
    return before;
  }

  private boolean isEndOfOurs(HookState state, Set<Hook.End> ends) {
    return state.operation().equals(operation) && state.end().filter(ends::contains).isPresent();
  }

  /** Returns why a hook of this operation's waves has failed, in this pass or before. */
  Optional<String> failure() {
    return states.entrySet().stream()
        .filter(entry -> isOf(entry.getKey(), Hook.Moment.IN_ITS_WAVE))
        .filter(entry -> isEndOfOurs(entry.getValue(), Set.of(Hook.End.FAILED)))
        .map(entry -> entry.getKey() + ": the hook failed: " + entry.getValue().reason())
        .findFirst();
  }

  private boolean isOf(ResourceKey key, Hook.Moment moment) {
    return hook(key).filter(hook -> hook.moment() == moment).isPresent();
  }

  /** Returns the hooks for failure that were not run yet, as a wave would run them. */
  List<PlannedAction> forFailure(List<DesiredEntry> hooks) {
    List<DesiredEntry> due =
        hooks.stream()
            .filter(hook -> isOf(hook.key(), Hook.Moment.ON_FAILURE))
            .filter(hook -> !states.containsKey(hook.key()) || isNotBegun(hook.key()))
            .toList();
    if (due.isEmpty()) {
      return List.of();
    }
    Set<ResourceKey> keys = new HashSet<>();
    due.forEach(hook -> keys.add(hook.key()));
    LiveState live = setup.observe(Scope.keys(keys), call);
    List<PlannedAction> runs = new ArrayList<>();
    for (DesiredEntry hook : due) {
      precondition(Setup.observation(live, hook.key()))
          .map(seenNow -> new PlannedAction.RunHook(ActionHead.ofWrite(hook, seenNow)))
          .ifPresent(runs::add);
    }
    return runs;
  }

  private boolean isNotBegun(ResourceKey key) {
    HookState state = states.get(key);
    return state != null
        && state.end().isEmpty()
        && !running.containsKey(key)
        && !seen.contains(key);
  }

  private static Optional<Precondition> precondition(Observation observed) {
    if (observed instanceof Observation.Present present) {
      return Optional.of(Precondition.MustEqual.of(present.resource()));
    }
    return observed instanceof Observation.Absent
        ? Optional.of(Precondition.MustBeAbsent.INSTANCE)
        : Optional.empty();
  }

  /** Removes the hooks that say so, now that the operation ends. */
  List<ApplyOutcome> cleanUp(ApplyRequest request) {
    Set<ResourceKey> keys = new HashSet<>();
    states.forEach(
        (key, state) ->
            hook(key)
                .filter(hook -> isEndOfOurs(state, hook.removal()))
                .ifPresent(hook -> keys.add(key)));
    if (keys.isEmpty()) {
      return List.of();
    }
    LiveState live = setup.observe(Scope.keys(keys), call);
    List<PlannedAction> removals = new ArrayList<>();
    for (ResourceKey key : new TreeMap<>(states).keySet()) {
      if (keys.contains(key)
          && Setup.observation(live, key) instanceof Observation.Present present) {
        removals.add(removal(key, Precondition.MustEqual.of(present.resource())));
      }
    }
    List<ApplyOutcome> outcomes = new ArrayList<>();
    if (!removals.isEmpty()) {
      // Else a process that dies here would leave a hook of which nobody knows that it has ended.
      notes.recording().beforeWrite(List.of());
      try (ApplySession session = setup.open(request, call)) {
        session.apply(removals, outcomes::add, call);
      }
      outcomes.forEach(outcome -> setup.tell(new ReconcileEvent.ResourceApplied(outcome)));
    }
    return outcomes;
  }

  private static PlannedAction removal(ResourceKey key, Precondition precondition) {
    Step step = new Step(Phase.AFTER, Step.Stage.REMOVE, 0, 0, 0);
    return new PlannedAction.Prune(
        new ActionHead(key, step, Optional.empty(), precondition, Optional.empty()));
  }
}
