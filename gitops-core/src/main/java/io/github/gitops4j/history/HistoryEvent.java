package io.github.gitops4j.history;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.apply.Effect;
import io.github.gitops4j.gate.GateDecision;
import io.github.gitops4j.plan.ActionKind;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.Hook;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.Provenance;
import io.github.gitops4j.source.Revision;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One thing that happened to a target.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public sealed interface HistoryEvent
    permits HistoryEvent.OperationBegan,
        HistoryEvent.OperationAwaits,
        HistoryEvent.OperationFailing,
        HistoryEvent.OperationEnded,
        HistoryEvent.HookStarted,
        HistoryEvent.HookEnded,
        HistoryEvent.HooksRetried,
        HistoryEvent.PlanApproved,
        HistoryEvent.PlanRefused,
        HistoryEvent.RevisionFailed,
        HistoryEvent.RevisionPinned,
        HistoryEvent.RevisionUnpinned {

  /**
   * An operation was about to write for the first time.
   *
   * @param operation its id
   * @param revision where it leads
   * @param contentId content id of the desired state
   * @param plan digest of the plan
   * @param context who made the revision, what was planned, and what the gates decided
   */
  record OperationBegan(
      String operation,
      Revision revision,
      String contentId,
      ContentDigest plan,
      OperationContext context)
      implements HistoryEvent {
    /** Checks the parts. */
    public OperationBegan {
      requireNonNull(operation, "operation");
      requireNonNull(revision, "revision");
      requireNonNull(contentId, "contentId");
      requireNonNull(plan, "plan");
      requireNonNull(context, "context");
    }
  }

  /**
   * Who made the revision, what was planned, what the gates decided, and who approved it.
   *
   * @param provenance author, committer, signer and time of the revision
   * @param planned how many actions of each kind the plan has, held ones too; empty in a record of
   *     a version that did not count them
   * @param decisions what each gate said
   * @param approvedBy who approved the plan by its digest last, if somebody has
   */
  record OperationContext(
      Provenance provenance,
      Map<ActionKind, Integer> planned,
      List<GateDecision> decisions,
      Optional<String> approvedBy) {
    /** Copies map and list. */
    public OperationContext {
      requireNonNull(provenance, "provenance");
      planned = Collections.unmodifiableMap(new TreeMap<>(planned));
      decisions = List.copyOf(decisions);
      requireNonNull(approvedBy, "approvedBy");
    }
  }

  /**
   * An operation waits for the health of what it wrote, or for what it removes to be gone.
   *
   * @param operation its id
   * @param wave the wave that was applied
   * @param keys what is not healthy yet
   * @param removals what was asked to go and is still there
   * @param since since when
   * @param deadline until when
   */
  record OperationAwaits(
      String operation,
      String wave,
      List<ResourceKey> keys,
      List<ResourceKey> removals,
      Instant since,
      Instant deadline)
      implements HistoryEvent {
    /** Copies the lists. */
    public OperationAwaits {
      requireNonNull(operation, "operation");
      requireNonNull(wave, "wave");
      keys = List.copyOf(keys);
      removals = List.copyOf(removals);
      requireNonNull(since, "since");
      requireNonNull(deadline, "deadline");
    }
  }

  /**
   * An operation has failed, and runs its hooks for that before it ends.
   *
   * @param operation its id
   * @param reason why it failed
   */
  record OperationFailing(String operation, String reason) implements HistoryEvent {
    /** Checks the parts. */
    public OperationFailing {
      requireNonNull(operation, "operation");
      requireNonNull(reason, "reason");
    }
  }

  /**
   * A hook was about to be run.
   *
   * @param operation the operation
   * @param run the run
   */
  record HookStarted(String operation, HookRun run) implements HistoryEvent {
    /** Checks the parts. */
    public HookStarted {
      requireNonNull(operation, "operation");
      requireNonNull(run, "run");
    }
  }

  /**
   * The end of a hook was seen.
   *
   * @param operation the operation
   * @param key the hook
   * @param end how it ended
   * @param reason why; empty text if there is nothing to say
   */
  record HookEnded(String operation, ResourceKey key, Hook.End end, String reason)
      implements HistoryEvent {
    /** Checks the parts. */
    public HookEnded {
      requireNonNull(operation, "operation");
      requireNonNull(key, "key");
      requireNonNull(end, "end");
      requireNonNull(reason, "reason");
    }
  }

  /**
   * Hooks that have failed may be run once more for the same revision.
   *
   * @param by who asked for it
   */
  record HooksRetried(String by) implements HistoryEvent {
    /** Checks the parts. */
    public HooksRetried {
      requireNonNull(by, "by");
    }
  }

  /**
   * An operation ended.
   *
   * @param operation its id
   * @param revision where it led
   * @param result how it ended
   * @param effects how many actions had which effect in its last pass
   * @param notes failures and places where content was kept aside, one line each, a bounded number
   */
  record OperationEnded(
      String operation,
      Revision revision,
      OperationResult result,
      Map<Effect, Integer> effects,
      List<String> notes)
      implements HistoryEvent {
    /** Copies map and list. */
    public OperationEnded {
      requireNonNull(operation, "operation");
      requireNonNull(revision, "revision");
      requireNonNull(result, "result");
      effects = Collections.unmodifiableMap(new TreeMap<>(effects));
      notes = List.copyOf(notes);
    }
  }

  /**
   * Somebody approved a plan.
   *
   * @param plan its digest
   * @param by who
   */
  record PlanApproved(ContentDigest plan, String by) implements HistoryEvent {
    /** Checks the parts. */
    public PlanApproved {
      requireNonNull(plan, "plan");
      requireNonNull(by, "by");
    }
  }

  /**
   * Gates did not allow a plan, or not yet. It is recorded once, until the plan or what a gate says
   * is another one.
   *
   * @param revision where it leads
   * @param plan its digest
   * @param context who made the revision, what was planned, and what the gates decided
   */
  record PlanRefused(Revision revision, ContentDigest plan, OperationContext context)
      implements HistoryEvent {
    /** Checks the parts. */
    public PlanRefused {
      requireNonNull(revision, "revision");
      requireNonNull(plan, "plan");
      requireNonNull(context, "context");
    }

    /** Says whether another one is about the same plan, and the same gates say the same. */
    public boolean isSameAs(PlanRefused other) {
      return plan.equals(other.plan) && refusing().equals(other.refusing());
    }

    private List<String> refusing() {
      return context.decisions().stream()
          .filter(decision -> !decision.allows())
          .map(decision -> decision.gate() + " " + decision.verdict().word())
          .toList();
    }
  }

  /**
   * What was applied and became healthy has failed after all.
   *
   * @param revision what was applied
   * @param contentId content id of the desired state
   * @param reason why it counts as failed
   */
  record RevisionFailed(Revision revision, String contentId, String reason)
      implements HistoryEvent {
    /** Checks the parts. */
    public RevisionFailed {
      requireNonNull(revision, "revision");
      requireNonNull(contentId, "contentId");
      requireNonNull(reason, "reason");
    }
  }

  /**
   * The target stays at a revision until the source moves on or the pin is removed.
   *
   * @param revision the revision
   * @param head what the source tracked when it was pinned
   * @param by who
   */
  record RevisionPinned(Revision revision, Revision head, String by) implements HistoryEvent {
    /** Checks the parts. */
    public RevisionPinned {
      requireNonNull(revision, "revision");
      requireNonNull(head, "head");
      requireNonNull(by, "by");
    }
  }

  /**
   * The target follows the source again.
   *
   * @param by who
   */
  record RevisionUnpinned(String by) implements HistoryEvent {
    /** Checks the parts. */
    public RevisionUnpinned {
      requireNonNull(by, "by");
    }
  }
}
