package io.github.gitops4j.plan;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.diff.FieldChange;
import io.github.gitops4j.resource.Keyed;
import io.github.gitops4j.resource.ResourceKey;
import java.util.List;

/**
 * One intended action. Nothing has been written yet.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public sealed interface PlannedAction extends Keyed
    permits PlannedAction.Create,
        PlannedAction.Update,
        PlannedAction.Replace,
        PlannedAction.Adopt,
        PlannedAction.Prune,
        PlannedAction.Quarantine,
        PlannedAction.Release,
        PlannedAction.RunHook,
        PlannedAction.Hold {

  /** Returns what every action has. */
  ActionHead head();

  /** Returns the kind. */
  ActionKind kind();

  /** Returns the field changes; empty where there are none. */
  default List<FieldChange> changes() {
    return List.of();
  }

  @Override
  default ResourceKey key() {
    return head().key();
  }

  /** Returns the same action at another step. */
  default PlannedAction at(Step step) {
    return Rebuild.at(this, step);
  }

  /** Returns when it runs. */
  default Step step() {
    return head().step();
  }

  /**
   * Write what is absent.
   *
   * @param head what every action has
   */
  record Create(ActionHead head) implements PlannedAction {
    /** Checks the parts. */
    public Create {
      requireNonNull(head, "head");
    }

    @Override
    public ActionKind kind() {
      return ActionKind.CREATE;
    }
  }

  /**
   * Change what is there.
   *
   * @param head what every action has
   * @param changes what changes
   * @param overwritten what happens to the content that is overwritten
   */
  record Update(ActionHead head, List<FieldChange> changes, LiveContent overwritten)
      implements PlannedAction {
    /** Copies the list. */
    public Update {
      requireNonNull(head, "head");
      changes = List.copyOf(changes);
      requireNonNull(overwritten, "overwritten");
    }

    @Override
    public ActionKind kind() {
      return ActionKind.UPDATE;
    }
  }

  /**
   * Delete and create again.
   *
   * @param head what every action has
   * @param changes what changes
   */
  record Replace(ActionHead head, List<FieldChange> changes) implements PlannedAction {
    /** Copies the list. */
    public Replace {
      requireNonNull(head, "head");
      changes = List.copyOf(changes);
    }

    @Override
    public ActionKind kind() {
      return ActionKind.REPLACE;
    }
  }

  /**
   * Begin to own what is already as declared.
   *
   * @param head what every action has
   */
  record Adopt(ActionHead head) implements PlannedAction {
    /** Checks the parts. */
    public Adopt {
      requireNonNull(head, "head");
    }

    @Override
    public ActionKind kind() {
      return ActionKind.ADOPT;
    }
  }

  /**
   * Remove what we own and what is no longer declared.
   *
   * @param head what every action has
   */
  record Prune(ActionHead head) implements PlannedAction {
    /** Checks the parts. */
    public Prune {
      requireNonNull(head, "head");
    }

    @Override
    public ActionKind kind() {
      return ActionKind.PRUNE;
    }
  }

  /**
   * Remove what is no longer declared, keeping its content aside, as it is not what we wrote.
   *
   * @param head what every action has
   */
  record Quarantine(ActionHead head) implements PlannedAction {
    /** Checks the parts. */
    public Quarantine {
      requireNonNull(head, "head");
    }

    @Override
    public ActionKind kind() {
      return ActionKind.QUARANTINE;
    }
  }

  /**
   * Give up owning.
   *
   * @param head what every action has
   */
  record Release(ActionHead head) implements PlannedAction {
    /** Checks the parts. */
    public Release {
      requireNonNull(head, "head");
    }

    @Override
    public ActionKind kind() {
      return ActionKind.RELEASE;
    }
  }

  /**
   * Run a hook: write it anew, in place of what was run before, and wait for its end.
   *
   * @param head what every action has
   */
  record RunHook(ActionHead head) implements PlannedAction {
    /** Checks the parts. */
    public RunHook {
      requireNonNull(head, "head");
    }

    @Override
    public ActionKind kind() {
      return ActionKind.RUN_HOOK;
    }

    /** Returns what an applier is given for it: a create, or a replacement. */
    public PlannedAction asWrite() {
      return head.precondition() instanceof Precondition.MustBeAbsent
          ? new Create(head)
          : new Replace(head, List.of());
    }
  }

  /**
   * Do nothing, for a reason.
   *
   * @param head what every action has
   * @param withheld what would have been done
   * @param reason why it is not
   * @param message the reason in words, for this resource
   * @param changes what would have changed
   */
  record Hold(
      ActionHead head,
      ActionKind withheld,
      HoldReason reason,
      String message,
      List<FieldChange> changes)
      implements PlannedAction {
    /** Copies the list. */
    public Hold {
      requireNonNull(head, "head");
      requireNonNull(withheld, "withheld");
      requireNonNull(reason, "reason");
      requireNonNull(message, "message");
      changes = List.copyOf(changes);
    }

    /** Holds an action. */
    public static Hold of(PlannedAction action, HoldReason reason, String message) {
      return new Hold(action.head(), action.kind(), reason, message, action.changes());
    }

    @Override
    public ActionKind kind() {
      return ActionKind.HOLD;
    }
  }
}
