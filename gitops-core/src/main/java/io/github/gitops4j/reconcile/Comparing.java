package io.github.gitops4j.reconcile;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.diff.Comparison;
import io.github.gitops4j.diff.DiffBatch;
import io.github.gitops4j.diff.Differ;
import io.github.gitops4j.diff.Drift;
import io.github.gitops4j.diff.IgnoreRule;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.live.LiveState;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.plan.Compared;
import io.github.gitops4j.plan.Planner;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.DesiredState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds the drift of keys. The differ is asked only where both sides are there and the inventory
 * cannot tell that nothing changed.
 */
final class Comparing {
  private static final int BATCH = 1024;

  private final Differ differ;
  private final List<IgnoreRule> ignoreRules;

  Comparing(Differ differ, List<IgnoreRule> ignoreRules) {
    this.differ = differ;
    this.ignoreRules = ignoreRules;
  }

  /** Starts to compare the keys of one look. What is not settled is put into the result. */
  Run run(
      DesiredState desired,
      Inventory inventory,
      LiveState live,
      Map<ResourceKey, Compared> result,
      CallContext call) {
    return new Run(desired, inventory, live, result, call);
  }

  /** The comparison of the keys of one look. */
  final class Run {
    private final DesiredState desired;
    private final Inventory inventory;
    private final LiveState live;
    private final Map<ResourceKey, Compared> result;
    private final CallContext call;
    private final List<Comparison> waiting = new ArrayList<>();

    private Run(
        DesiredState desired,
        Inventory inventory,
        LiveState live,
        Map<ResourceKey, Compared> result,
        CallContext call) {
      this.desired = desired;
      this.inventory = inventory;
      this.live = live;
      this.result = result;
      this.call = call;
    }

    void join(ResourceKey key) {
      Comparison sides =
          new Comparison(key, desired.get(key), live.observation(key), inventory.get(key));
      if (Planner.settled(sides, ignoreRules) || isHook(sides)) {
        return;
      }
      if (sides.live() instanceof Observation.Unreadable unreadable) {
        keep(sides, new Drift.Undecided(unreadable.failure()));
      } else if (sides.live() instanceof Observation.Absent) {
        keep(sides, Drift.Missing.INSTANCE);
      } else if (sides.desired().isEmpty()) {
        keep(sides, Drift.Extra.INSTANCE);
      } else {
        waiting.add(sides);
        if (waiting.size() >= BATCH) {
          finish();
        }
      }
    }

    /** A hook is run and not kept, so how it is differs from nothing. */
    private static boolean isHook(Comparison sides) {
      return sides.desired().flatMap(entry -> entry.traits().hook()).isPresent();
    }

    /** Asks the differ about what still waits. */
    void finish() {
      if (waiting.isEmpty()) {
        return;
      }
      call.checkActive("diff");
      List<Comparison> batch = List.copyOf(waiting);
      waiting.clear();
      List<Drift> drifts =
          differ.diff(new DiffBatch(batch, desired, ignoreRules, inventory.maskingKey()), call);
      for (int i = 0; i < batch.size(); i++) {
        Drift drift = drifts.size() == batch.size() ? drifts.get(i) : miscounted();
        keep(batch.get(i), drift);
      }
    }

    private void keep(Comparison sides, Drift drift) {
      result.put(sides.key(), new Compared(sides, drift));
    }

    private Drift miscounted() {
      return new Drift.Undecided(
          Failure.of(FailureCategory.INTERNAL, "the differ did not answer each question once"));
    }
  }
}
