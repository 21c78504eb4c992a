package io.github.gitops4j.plan;

import io.github.gitops4j.diff.Comparison;
import io.github.gitops4j.diff.Drift;
import io.github.gitops4j.diff.FieldChange;
import io.github.gitops4j.inventory.InventoryRecord;
import io.github.gitops4j.inventory.OwnershipPolicy;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.resource.ApplyPolicy;
import io.github.gitops4j.resource.PrunePolicy;
import io.github.gitops4j.resource.ResourceTraits;
import io.github.gitops4j.source.DesiredEntry;
import java.util.List;
import java.util.Optional;

/**
 * Declared, live and applied before: what is to be done. The one place where that is decided.
 *
 * <p>The table itself is in {@code docs/concepts.md}. Each method is one row or one group of rows.
 */
final class DecisionTable {
  private final PlanPolicy policy;
  private final String owner;

  DecisionTable(PlanPolicy policy, String owner) {
    this.policy = policy;
    this.owner = owner;
  }

  /** Returns the action for a key, or nothing if there is nothing to do. */
  Optional<PlannedAction> decide(Compared compared) {
    Comparison sides = compared.comparison();
    if (Sides.settled(sides, policy.ignoreRules()) && compared.drift() instanceof Drift.InSync) {
      return Optional.empty();
    }
    return sides.desired().isPresent()
        ? declared(sides, sides.desired().get(), compared.drift())
        : undeclared(sides, compared.drift());
  }

  private Optional<PlannedAction> declared(Comparison sides, DesiredEntry desired, Drift drift) {
    if (desired.traits().applyPolicy() == ApplyPolicy.IGNORE) {
      return ignored(sides, desired, drift);
    }
    if (drift instanceof Drift.Missing) {
      return missing(sides, desired);
    }
    if (drift instanceof Drift.InSync) {
      return inSync(sides, desired);
    }
    if (drift instanceof Drift.Changed changed) {
      return changed(sides, desired, changed.changes());
    }
    return Optional.of(undecided(head(desired, seen(sides)), ActionKind.UPDATE, drift));
  }

  private Optional<PlannedAction> missing(Comparison sides, DesiredEntry desired) {
    ActionHead head = head(desired, Precondition.MustBeAbsent.INSTANCE);
    boolean removed =
        sides.base().map(base -> Sides.declarationUnchanged(desired, base)).orElse(false);
    return removed
        ? drifted(new PlannedAction.Create(head), List.of())
        : Optional.of(new PlannedAction.Create(head));
  }

  private Optional<PlannedAction> drifted(PlannedAction correction, List<FieldChange> changes) {
    return switch (policy.drift(correction.key(), changes)) {
      case CORRECT -> Optional.of(correction);
      case LEAVE -> Optional.empty();
      case REPORT ->
          Optional.of(
              new PlannedAction.Hold(
                  correction.head(),
                  correction.kind(),
                  HoldReason.DRIFT_REPORTED,
                  (changes.isEmpty() ? "removed" : "changed")
                      + " by somebody else; the policy is to report it",
                  changes));
    };
  }

  private Optional<PlannedAction> ignored(Comparison sides, DesiredEntry desired, Drift drift) {
    if (drift instanceof Drift.InSync) {
      return Optional.empty();
    }
    ActionKind withheld = drift instanceof Drift.Missing ? ActionKind.CREATE : ActionKind.UPDATE;
    return Optional.of(
        hold(
            head(desired, seen(sides)),
            withheld,
            HoldReason.NOT_TO_BE_TOUCHED,
            "declared, but marked not to be touched"));
  }

  private Optional<PlannedAction> inSync(Comparison sides, DesiredEntry desired) {
    ActionHead head = head(desired, seen(sides));
    boolean foreign =
        Sides.live(sides).map(live -> Sides.markedByAnother(live, owner)).orElse(false);
    if (foreign && policy.ownership() != OwnershipPolicy.ADOPT_ALL) {
      return Optional.of(ownedByAnother(head, sides, ActionKind.ADOPT, List.of()));
    }
    return Optional.of(new PlannedAction.Adopt(head));
  }

  private Optional<PlannedAction> changed(
      Comparison sides, DesiredEntry desired, List<FieldChange> changes) {
    if (desired.traits().applyPolicy() == ApplyPolicy.CREATE_ONLY) {
      return Optional.empty();
    }
    ActionHead head = head(desired, seen(sides));
    LiveResource live = Sides.live(sides).orElseThrow();
    if (Sides.markedByAnother(live, owner)) {
      return Optional.of(
          policy.ownership() == OwnershipPolicy.ADOPT_ALL
              ? new PlannedAction.Update(head, changes, LiveContent.KEEP_ASIDE)
              : ownedByAnother(head, sides, ActionKind.UPDATE, changes));
    }
    if (sides.base().isEmpty() || sides.base().get().applied().isEmpty()) {
      return Optional.of(changedUnapplied(sides, live, head, changes));
    }
    return changedOwned(sides.base().get(), desired, live, head, changes);
  }

  /** Nothing of ours is known to be there: a pending create, or somebody else's resource. */
  private PlannedAction changedUnapplied(
      Comparison sides, LiveResource live, ActionHead head, List<FieldChange> changes) {
    boolean ourCreate = sides.base().map(base -> Sides.isOurs(live, base)).orElse(false);
    if (ourCreate) {
      return new PlannedAction.Update(head, changes, LiveContent.EXPENDABLE);
    }
    if (Sides.markedByUs(live, owner) || policy.ownership() != OwnershipPolicy.MUST_MATCH) {
      return new PlannedAction.Update(head, changes, LiveContent.KEEP_ASIDE);
    }
    return new PlannedAction.Hold(
        head,
        ActionKind.UPDATE,
        HoldReason.UNMANAGED_IN_THE_WAY,
        "there already, not ours and not as declared",
        changes);
  }

  private Optional<PlannedAction> changedOwned(
      InventoryRecord base,
      DesiredEntry desired,
      LiveResource live,
      ActionHead head,
      List<FieldChange> changes) {
    boolean ours = Sides.isOurs(live, base);
    if (ours && Sides.sameRules(base, policy.ignoreRules())) {
      return Optional.of(new PlannedAction.Update(head, changes, LiveContent.EXPENDABLE));
    }
    PlannedAction update = new PlannedAction.Update(head, changes, LiveContent.KEEP_ASIDE);
    if (Sides.declarationUnchanged(desired, base)) {
      return drifted(update, changes);
    }
    if (!ours && policy.conflict() == ConflictPolicy.HOLD) {
      return Optional.of(
          new PlannedAction.Hold(
              head,
              ActionKind.UPDATE,
              HoldReason.CONFLICT,
              "changed by somebody else, and declared anew as well",
              changes));
    }
    return Optional.of(update);
  }

  private Optional<PlannedAction> undeclared(Comparison sides, Drift drift) {
    if (sides.base().isEmpty()) {
      return Optional.empty();
    }
    InventoryRecord base = sides.base().get();
    ActionHead head = removalHead(base, seen(sides));
    if (drift instanceof Drift.Missing || drift instanceof Drift.InSync) {
      return Optional.of(new PlannedAction.Release(head));
    }
    if (drift instanceof Drift.Extra) {
      return Optional.of(extra(base, Sides.live(sides).orElseThrow(), head));
    }
    return Optional.of(undecided(head, ActionKind.PRUNE, drift));
  }

  private PlannedAction extra(InventoryRecord base, LiveResource live, ActionHead head) {
    boolean ours = Sides.isOurs(live, base);
    boolean neverApplied = base.applied().isEmpty();
    if (base.traits().prunePolicy() == PrunePolicy.RELEASE
        || Sides.markedByAnother(live, owner)
        || Sides.isAnothersInItsPlace(live, base, owner)
        || (neverApplied && !ours && !Sides.markedByUs(live, owner))) {
      return new PlannedAction.Release(head);
    }
    if (base.traits().prunePolicy() == PrunePolicy.KEEP) {
      return hold(
          head, ActionKind.PRUNE, HoldReason.PRUNE_DISABLED, "marked to be kept when undeclared");
    }
    if (policy.pruning() == PlanPolicy.Pruning.OFF) {
      return hold(head, ActionKind.PRUNE, HoldReason.PRUNE_DISABLED, "the policy is not to prune");
    }
    return ours || policy.prunedDrift() == PrunedDriftPolicy.PRUNE
        ? new PlannedAction.Prune(head)
        : new PlannedAction.Quarantine(head);
  }

  private PlannedAction ownedByAnother(
      ActionHead head, Comparison sides, ActionKind withheld, List<FieldChange> changes) {
    String other = Sides.live(sides).map(LiveResource::owner).orElse("");
    return new PlannedAction.Hold(
        head,
        withheld,
        HoldReason.OWNED_BY_ANOTHER,
        "owned by " + other + ", declared by " + owner,
        changes);
  }

  private static PlannedAction undecided(ActionHead head, ActionKind withheld, Drift drift) {
    String why =
        drift instanceof Drift.Undecided undecided
            ? undecided.failure().message()
            : "the differ gave no usable answer";
    return hold(head, withheld, HoldReason.UNDECIDED, why);
  }

  private static PlannedAction hold(
      ActionHead head, ActionKind withheld, HoldReason reason, String message) {
    return new PlannedAction.Hold(head, withheld, reason, message, List.of());
  }

  private static Precondition seen(Comparison sides) {
    return Sides.live(sides)
        .<Precondition>map(Precondition.MustEqual::of)
        .orElse(Precondition.MustBeAbsent.INSTANCE);
  }

  private static ActionHead head(DesiredEntry desired, Precondition precondition) {
    return ActionHead.ofWrite(desired, precondition);
  }

  private static ActionHead removalHead(InventoryRecord base, Precondition precondition) {
    ResourceTraits traits = base.traits();
    Step step = new Step(traits.phase(), Step.Stage.REMOVE, -traits.wave(), 0, -traits.order());
    return new ActionHead(base.key(), step, Optional.empty(), precondition, Optional.empty());
  }
}
