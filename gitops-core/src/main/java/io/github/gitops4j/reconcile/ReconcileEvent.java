package io.github.gitops4j.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.gate.GateDecision;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.Revision;

/**
 * Something that happened during a pass.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public sealed interface ReconcileEvent
    permits ReconcileEvent.PassStarted,
        ReconcileEvent.RevisionResolved,
        ReconcileEvent.PlanMade,
        ReconcileEvent.GateAsked,
        ReconcileEvent.WaveStarted,
        ReconcileEvent.ResourceApplied,
        ReconcileEvent.FightNoticed,
        ReconcileEvent.PassEnded {

  /**
   * A pass started.
   *
   * @param target id of the target
   */
  record PassStarted(String target) implements ReconcileEvent {
    /** Checks the parts. */
    public PassStarted {
      requireNonNull(target, "target");
    }
  }

  /**
   * It is known where the pass leads.
   *
   * @param revision the revision
   */
  record RevisionResolved(Revision revision) implements ReconcileEvent {
    /** Checks the parts. */
    public RevisionResolved {
      requireNonNull(revision, "revision");
    }
  }

  /**
   * A plan was made.
   *
   * @param plan the plan
   */
  record PlanMade(Plan plan) implements ReconcileEvent {
    /** Checks the parts. */
    public PlanMade {
      requireNonNull(plan, "plan");
    }
  }

  /**
   * A gate decided.
   *
   * @param decision what it said
   */
  record GateAsked(GateDecision decision) implements ReconcileEvent {
    /** Checks the parts. */
    public GateAsked {
      requireNonNull(decision, "decision");
    }
  }

  /**
   * A wave is about to be applied.
   *
   * @param wave the wave
   */
  record WaveStarted(Plan.Wave wave) implements ReconcileEvent {
    /** Checks the parts. */
    public WaveStarted {
      requireNonNull(wave, "wave");
    }
  }

  /**
   * Something happened to a resource.
   *
   * @param outcome what
   */
  record ResourceApplied(ApplyOutcome outcome) implements ReconcileEvent {
    /** Checks the parts. */
    public ResourceApplied {
      requireNonNull(outcome, "outcome");
    }
  }

  /**
   * Somebody else changes a resource as often as it is put right; it is left as it is for a time.
   *
   * @param key the resource
   */
  record FightNoticed(ResourceKey key) implements ReconcileEvent {
    /** Checks the parts. */
    public FightNoticed {
      requireNonNull(key, "key");
    }
  }

  /**
   * The pass ended.
   *
   * @param report what it found and did
   */
  record PassEnded(ReconcileReport report) implements ReconcileEvent {
    /** Checks the parts. */
    public PassEnded {
      requireNonNull(report, "report");
    }
  }
}
