package io.github.gitops4j.reconcile;

import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.resource.ResourceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an applier says of one batch, held against what it was asked. What it says wrongly of an
 * action is a failure of that action, and its intent stays.
 *
 * <p>Confined to one call.
 */
final class BatchOutcomes implements Consumer<ApplyOutcome> {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

  private final List<PlannedAction> asked;
  private final Set<ResourceKey> keys = new HashSet<>();
  private final Map<ResourceKey, ApplyOutcome> given = new HashMap<>();
  private final Map<ResourceKey, ApplyOutcome> contradictions = new HashMap<>();
  private final Set<ResourceKey> needless = new TreeSet<>();

  BatchOutcomes(List<PlannedAction> asked) {
    this.asked = asked;
    asked.forEach(action -> keys.add(action.key()));
  }

  @Override
  public void accept(ApplyOutcome outcome) {
    ResourceKey key = Setup.given("applier", outcome).key();
    ApplyOutcome first = keys.contains(key) ? given.putIfAbsent(key, outcome) : outcome;
    if (first == null) {
      return;
    }
    if (first.equals(outcome)) {
      needless.add(key);
    } else {
      contradictions.putIfAbsent(key, outcome);
    }
  }

  /**
   * Returns one outcome for each action, in their order.
   *
   * @param rest why there is none of some
   */
  List<ApplyOutcome> ordered(Failure rest) {
    if (!needless.isEmpty()) {
      LOG.warn(
          "the applier gave outcomes that nobody waits for, which is a defect of it: {}", needless);
    }
    List<ApplyOutcome> ordered = new ArrayList<>(asked.size());
    asked.forEach(action -> ordered.add(of(action, rest)));
    return List.copyOf(ordered);
  }

  private ApplyOutcome of(PlannedAction action, Failure rest) {
    ApplyOutcome outcome = given.get(action.key());
    if (outcome == null) {
      return new ApplyOutcome.Failed(action.key(), rest);
    }
    ApplyOutcome other = contradictions.get(action.key());
    if (other != null) {
      return failed(
          outcome,
          "gave both " + outcome.effect() + " and " + other.effect() + ", which is a defect of it");
    }
    return isAnswerTo(action, outcome)
        ? outcome
        : failed(outcome, "says that it " + said(outcome) + ", which was not asked");
  }

  private static boolean isAnswerTo(PlannedAction action, ApplyOutcome outcome) {
    boolean removes =
        action instanceof PlannedAction.Prune
            || action instanceof PlannedAction.Quarantine
            || action instanceof PlannedAction.Release;
    if (outcome instanceof ApplyOutcome.Removing) {
      return action instanceof PlannedAction.Prune;
    }
    return outcome instanceof ApplyOutcome.Failed
        || removes == outcome instanceof ApplyOutcome.Removed;
  }

  private static String said(ApplyOutcome outcome) {
    if (outcome instanceof ApplyOutcome.Removing) {
      return "is being removed";
    }
    return outcome instanceof ApplyOutcome.Removed ? "was removed" : "was written";
  }

  private static ApplyOutcome failed(ApplyOutcome outcome, String why) {
    return new ApplyOutcome.Failed(
        outcome.key(),
        Failure.of(FailureCategory.INTERNAL, outcome.key() + ": the applier " + why));
  }
}
