package io.github.gitops4j.reconcile;

import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.apply.ApplySession;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.diff.IgnoreRule;
import io.github.gitops4j.error.CallException;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.inventory.Applied;
import io.github.gitops4j.inventory.InventoryChange;
import io.github.gitops4j.inventory.InventoryRecord;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.plan.Precondition;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.ResourceTraits;
import io.github.gitops4j.source.DesiredEntry;
import io.github.gitops4j.source.DesiredState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes one wave: the intent into the inventory, the wave to the live system, the result into the
 * inventory, at the latest with the intent of the next wave. Killed between any two of these, the
 * next pass finds its way.
 */
final class Writing {
  private final Setup setup;
  private final DesiredState desired;
  private final ApplySession session;
  private final Recording recording;

  Writing(Setup setup, Recording recording, Decided decided, ApplySession session) {
    this.setup = setup;
    this.recording = recording;
    this.desired = decided.desired();
    this.session = session;
  }

  /** Returns one outcome for each action, in the order of the wave. */
  List<ApplyOutcome> write(Plan.Wave wave, CallContext call) {
    setup.tell(new ReconcileEvent.WaveStarted(wave));
    recording.beforeWrite(intents(wave.actions()));
    List<ApplyOutcome> outcomes = apply(wave.actions(), call);
    recording.add(results(outcomes));
    outcomes.forEach(outcome -> setup.tell(new ReconcileEvent.ResourceApplied(outcome)));
    return outcomes;
  }

  private List<InventoryChange> intents(List<PlannedAction> actions) {
    List<InventoryChange> intents = new ArrayList<>();
    for (PlannedAction action : actions) {
      if (action instanceof PlannedAction.Create
          || action instanceof PlannedAction.Update
          || action instanceof PlannedAction.Replace) {
        Optional<InventoryRecord> before = recording.inventory().get(action.key());
        InventoryRecord intent = intent(action, before);
        if (!before.equals(Optional.of(intent))) {
          intents.add(new InventoryChange.Put(intent));
        }
      }
    }
    return intents;
  }

  private InventoryRecord intent(PlannedAction action, Optional<InventoryRecord> before) {
    ContentDigest content = action.head().desired().orElseThrow();
    ResourceTraits traits = traits(action.key());
    return before
        .map(record -> asFound(record, action).intending(content, traits))
        .orElseGet(() -> InventoryRecord.pending(action.key(), content, traits));
  }

  /**
   * A pass that broke off may have written what it intended: it is there. Another intent takes the
   * place of that one, and nobody would know any more that it is ours.
   */
  private InventoryRecord asFound(InventoryRecord record, PlannedAction action) {
    return action.head().precondition() instanceof Precondition.MustEqual found
            && record.intended().equals(Optional.of(found.digest()))
        ? InventoryRecord.applied(
            record.key(),
            new Applied(found.digest(), found.digest(), found.uid(), ignored(record.key())),
            record.traits())
        : record;
  }

  private List<ApplyOutcome> apply(List<PlannedAction> actions, CallContext call) {
    BatchOutcomes outcomes = new BatchOutcomes(actions);
    Failure rest = Failure.of(FailureCategory.INTERNAL, "the applier gave no outcome");
    try {
      List<PlannedAction> writes =
          actions.stream()
              .map(action -> action instanceof PlannedAction.RunHook hook ? hook.asWrite() : action)
              .toList();
      session.apply(writes, outcomes, call);
    } catch (CallException e) {
      rest = e.failure();
    } catch (RuntimeException e) {
      rest = Failure.from(e);
    }
    return outcomes.ordered(rest);
  }

  private List<InventoryChange> results(List<ApplyOutcome> outcomes) {
    List<InventoryChange> results = new ArrayList<>();
    for (ApplyOutcome outcome : outcomes) {
      if (isHook(outcome.key())) {
        // A hook is run and not kept. It may have been kept before it became one.
        if (outcome instanceof ApplyOutcome.Written
            && recording.inventory().get(outcome.key()).isPresent()) {
          results.add(new InventoryChange.Remove(outcome.key()));
        }
      } else if (outcome instanceof ApplyOutcome.Written written) {
        results.add(
            new InventoryChange.Put(
                InventoryRecord.applied(
                    outcome.key(),
                    written.applied().ignoring(ignored(outcome.key())),
                    traits(outcome.key()))));
      } else if (outcome instanceof ApplyOutcome.Removed) {
        results.add(new InventoryChange.Remove(outcome.key()));
      }
      // A failure leaves the intent: nobody knows for sure that nothing was written. What is being
      // removed is ours until it is gone.
    }
    return results;
  }

  private boolean isHook(ResourceKey key) {
    return traits(key).hook().isPresent();
  }

  private String ignored(ResourceKey key) {
    return IgnoreRule.lineFor(setup.policy.ignoreRules(), key);
  }

  private ResourceTraits traits(ResourceKey key) {
    return desired.get(key).map(DesiredEntry::traits).orElse(ResourceTraits.DEFAULT);
  }
}
