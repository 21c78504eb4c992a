package io.github.gitops4j.reconcile;

import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.apply.ApplySession;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.plan.ActionHead;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.plan.Precondition;
import io.github.gitops4j.plan.Step;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.DesiredEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * What has to become healthy for an operation: before a wave of it may be written, and before it
 * has succeeded. Hooks are none of it.
 *
 * <p>Confined to one reconcile call.
 */
final class Watch {
  // Layers left out.
  private static final Comparator<Step> BY_WAVE =
      Comparator.comparing(Step::phase).thenComparing(Step::stage).thenComparingInt(Step::wave);

  private final Setup setup;
  private final Decided decided;
  private final CallContext call;
  private final Instant since;
  // What the operation wrote, and what earlier passes of it waited for.
  private final Set<ResourceKey> watched = new HashSet<>();
  // What the plan is yet to write or remove.
  private final Set<ResourceKey> pending = new HashSet<>();
  // What this pass wrote, as it was left; good for one look at its health.
  private final Map<ResourceKey, LiveResource> left = new HashMap<>();

  Watch(
      Setup setup,
      Decided decided,
      Optional<HistoryEvent.OperationAwaits> awaits,
      CallContext call) {
    this.setup = setup;
    this.decided = decided;
    this.call = call;
    for (Plan.Wave wave : decided.plan().waves()) {
      wave.actions().forEach(action -> pending.add(action.key()));
    }
    this.since = awaits.map(HistoryEvent.OperationAwaits::since).orElse(setup.clock.instant());
  }

  /** Takes over what an earlier pass of the operation waited for. */
  void goOn(Collection<ResourceKey> keys) {
    keys.stream().filter(key -> !isHook(key)).forEach(watched::add);
  }

  /** Takes note of what was written, before the session is closed. */
  void wrote(List<ApplyOutcome> outcomes, ApplySession session) {
    for (ApplyOutcome outcome : outcomes) {
      ResourceKey key = outcome.key();
      pending.remove(key);
      if (outcome instanceof ApplyOutcome.Written && !isHook(key)) {
        watched.add(key);
        if (!judgesPresenceOnly(key)) {
          session.left(key).ifPresent(live -> left.put(key, live));
        }
      }
    }
  }

  /** Says whether the plan is yet to write or remove something. */
  boolean isPending(ResourceKey key) {
    return pending.contains(key);
  }

  /** Returns what of the operation is not healthy. */
  SortedMap<ResourceKey, HealthReport> unhealthy() {
    return unhealthy(watched);
  }

  /**
   * Returns what has to be healthy before a wave and is not. What is yet to be written is no part
   * of that: this may be what puts it right.
   */
  SortedMap<ResourceKey, HealthReport> unhealthyBefore(Plan.Wave wave) {
    Set<ResourceKey> keys =
        wave.step().stage() == Step.Stage.WRITE ? beforeWrites(wave) : watchedBefore(wave.step());
    keys.removeAll(pending);
    for (PlannedAction action : wave.actions()) {
      entry(action.key()).ifPresent(entry -> keys.addAll(entry.traits().dependsOn()));
    }
    keys.removeIf(this::isHook);
    return unhealthy(keys);
  }

  private Set<ResourceKey> watchedBefore(Step step) {
    Set<ResourceKey> keys = new HashSet<>(watched);
    keys.removeIf(key -> entry(key).filter(written -> isBefore(written, step)).isEmpty());
    return keys;
  }

  private Set<ResourceKey> beforeWrites(Plan.Wave wave) {
    Set<ResourceKey> keys = arrangedBefore(wave.actions());
    decided
        .desired()
        .forEach(
            entry -> {
              if (isBefore(entry, wave.step()) && !judgesPresenceOnly(entry.key())) {
                keys.add(entry.key());
              }
            });
    return keys;
  }

  /** Returns what of the same wave the target would put before these, were it written with them. */
  private Set<ResourceKey> arrangedBefore(List<PlannedAction> actions) {
    Set<ResourceKey> others = new HashSet<>(watched);
    others.removeAll(pending);
    others.removeIf(this::judgesPresenceOnly);
    if (others.isEmpty()) {
      return others;
    }
    List<PlannedAction> together = new ArrayList<>();
    actions.forEach(action -> together.add(withoutLayer(action)));
    others.forEach(key -> entry(key).map(Watch::written).ifPresent(together::add));
    List<PlannedAction> arranged = setup.target.arrangement().arrange(together);
    Step first =
        arranged.stream()
            .filter(action -> !others.contains(action.key()))
            .map(PlannedAction::step)
            .min(Step::compareTo)
            .orElseThrow();
    Set<ResourceKey> before = new HashSet<>();
    for (PlannedAction action : arranged) {
      Step step = action.step();
      if (others.contains(action.key()) && !step.sameWave(first) && step.compareTo(first) < 0) {
        before.add(action.key());
      }
    }
    return before;
  }

  /** The layers that a plan has are of dependencies, which are looked at by themselves. */
  private static PlannedAction withoutLayer(PlannedAction action) {
    Step step = action.step();
    return action.at(new Step(step.phase(), step.stage(), step.wave(), 0, step.order()));
  }

  private static PlannedAction written(DesiredEntry entry) {
    return new PlannedAction.Create(ActionHead.ofWrite(entry, Precondition.MustBeAbsent.INSTANCE));
  }

  private static boolean isBefore(DesiredEntry entry, Step step) {
    return BY_WAVE.compare(Step.ofWrite(entry.traits()), step) < 0;
  }

  /** What was written is there; where being there is all that counts, nobody need look again. */
  private SortedMap<ResourceKey, HealthReport> unhealthy(Set<ResourceKey> keys) {
    Set<ResourceKey> toLookAt = new HashSet<>(keys);
    toLookAt.removeIf(key -> watched.contains(key) && judgesPresenceOnly(key));
    Map<ResourceKey, LiveResource> known = new HashMap<>(left);
    known.keySet().retainAll(toLookAt);
    left.keySet().removeAll(known.keySet());
    return new Healthy(setup).unhealthy(toLookAt, known, since, call);
  }

  private Optional<DesiredEntry> entry(ResourceKey key) {
    return decided.desired().get(key);
  }

  private boolean isHook(ResourceKey key) {
    return entry(key).filter(entry -> entry.traits().hook().isPresent()).isPresent();
  }

  private boolean judgesPresenceOnly(ResourceKey key) {
    return setup.target.health().judgesPresenceOnly(key);
  }
}
