package io.github.gitops4j.reconcile;

import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.call.Ticker;
import io.github.gitops4j.inventory.Applied;
import io.github.gitops4j.inventory.InventoryRecord;
import io.github.gitops4j.plan.HoldReason;
import io.github.gitops4j.plan.LiveContent;
import io.github.gitops4j.plan.PlanFacts;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.plan.Veto;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.ResourceKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts how often a resource was put right while nothing else was declared, and holds what would
 * only go on with a fight.
 *
 * <p>Confined to one call at a time.
 */
final class Fights implements Veto {
  private static final Duration LONGEST = Duration.ofHours(1);

  // The first correction after a pause mends what the pause has left.
  private static final int AGAIN = 2;

  private final FightPolicy policy;
  private final Duration within;
  private final InstantSource clock;
  private final Map<ResourceKey, Bout> bouts = new HashMap<>();

  Fights(FightPolicy policy, InstantSource clock) {
    this.policy = policy;
    this.within = Ticker.countable(policy.within());
    this.clock = clock;
  }

  /** What is known of one resource. */
  private static final class Bout {
    final ContentDigest declared;
    final Deque<Instant> corrections = new ArrayDeque<>();
    Instant pausedUntil = Instant.MIN;
    Duration pause = Duration.ZERO;

    Bout(ContentDigest declared) {
      this.declared = declared;
    }
  }

  @Override
  public Optional<PlannedAction.Hold> check(PlannedAction action, PlanFacts facts) {
    Bout bout = bouts.get(action.key());
    if (bout == null
        || !action.head().desired().equals(Optional.of(bout.declared))
        || !clock.instant().isBefore(bout.pausedUntil)) {
      return Optional.empty();
    }
    return Optional.of(
        PlannedAction.Hold.of(
            action,
            HoldReason.FIGHT,
            "put right "
                + policy.corrections()
                + " times, and changed by somebody else each time; left as it is for now"));
  }

  /** Forgets all fights. */
  void forget() {
    bouts.clear();
  }

  /** Takes note of what a pass has put right; returns what is a fight now. */
  List<ResourceKey> corrected(Decided decided, List<ApplyOutcome> outcomes) {
    Instant now = clock.instant();
    bouts.values().removeIf(bout -> isOver(bout, now));
    Map<ResourceKey, PlannedAction> corrections = new HashMap<>();
    for (PlannedAction action : decided.plan().actions()) {
      if (corrects(action, decided)) {
        corrections.put(action.key(), action);
      }
    }
    return outcomes.stream()
        .filter(ApplyOutcome.Written.class::isInstance)
        .map(outcome -> corrections.get(outcome.key()))
        .filter(action -> action != null && isFight(action, now))
        .map(PlannedAction::key)
        .toList();
  }

  private static boolean corrects(PlannedAction action, Decided decided) {
    boolean writes =
        action instanceof PlannedAction.Create
            || action instanceof PlannedAction.Replace
            || (action instanceof PlannedAction.Update update
                && update.overwritten() == LiveContent.KEEP_ASIDE);
    return writes
        && decided
            .inventory()
            .get(action.key())
            .flatMap(InventoryRecord::applied)
            .map(Applied::desired)
            .equals(action.head().desired());
  }

  private boolean isFight(PlannedAction action, Instant now) {
    ContentDigest declared = action.head().desired().orElseThrow();
    Bout bout =
        bouts.compute(
            action.key(),
            (key, known) ->
                known != null && known.declared.equals(declared) ? known : new Bout(declared));
    bout.corrections.add(now);
    while (bout.corrections.element().isBefore(now.minus(within))) {
      bout.corrections.remove();
    }
    boolean goesOn = !bout.pause.isZero();
    int enough = goesOn ? Math.min(AGAIN, policy.corrections()) : policy.corrections();
    if (bout.corrections.size() < enough) {
      return false;
    }
    Duration next = goesOn ? bout.pause.multipliedBy(2) : policy.pause();
    bout.pause = next.compareTo(LONGEST) < 0 ? next : LONGEST;
    bout.pausedUntil = now.plus(bout.pause);
    bout.corrections.clear();
    return true;
  }

  /** A fight is forgotten once nobody has changed anything for a time after the pause. */
  private boolean isOver(Bout bout, Instant now) {
    Instant last = bout.corrections.isEmpty() ? bout.pausedUntil : bout.corrections.getLast();
    return last.plus(within).isBefore(now);
  }
}
