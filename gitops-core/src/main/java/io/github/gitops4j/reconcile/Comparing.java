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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the drift of keys. The differ is asked only where both sides are there and the inventory
 * cannot tell that nothing changed. Where it finds that the live side is another one by now, that
 * is looked at again, once.
 */
final class Comparing {
  private static final int BATCH = 1024;

  private final Differ differ;
  private final List<IgnoreRule> ignoreRules;

  Comparing(Differ differ, List<IgnoreRule> ignoreRules) {
    this.differ = differ;
    this.ignoreRules = ignoreRules;
  }

  /** Looks at some keys anew. */
  @FunctionalInterface
  interface Reading {
    LiveState read(Set<ResourceKey> keys);
  }

  /**
   * Starts to compare the keys of one look. What is not settled is put into the result.
   *
   * @param reading how to look again
   */
  Run run(
      DesiredState desired,
      Inventory inventory,
      LiveState live,
      Reading reading,
      Map<ResourceKey, Compared> result,
      CallContext call) {
    return new Run(desired, inventory, live, Optional.of(reading), result, call);
  }

  /** The comparison of the keys of one look. */
  final class Run {
    private final DesiredState desired;
    private final Inventory inventory;
    private final LiveState live;
    private final Optional<Reading> reading;
    private final Map<ResourceKey, Compared> result;
    private final CallContext call;
    private final List<Comparison> waiting = new ArrayList<>();

    private Run(
        DesiredState desired,
        Inventory inventory,
        LiveState live,
        Optional<Reading> reading,
        Map<ResourceKey, Compared> result,
        CallContext call) {
      this.desired = desired;
      this.inventory = inventory;
      this.live = live;
      this.reading = reading;
      this.result = result;
      this.call = call;
    }

    void join(ResourceKey key) {
      Comparison sides =
          new Comparison(key, desired.get(key), Setup.observation(live, key), inventory.get(key));
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
          Setup.given(
              "differ",
              differ.diff(
                  new DiffBatch(batch, desired, ignoreRules, inventory.maskingKey()), call));
      Set<ResourceKey> moved = new LinkedHashSet<>();
      for (int i = 0; i < batch.size(); i++) {
        Drift drift =
            drifts.size() == batch.size() ? Setup.given("differ", drifts.get(i)) : miscounted();
        if (reading.isPresent() && isStale(drift)) {
          moved.add(batch.get(i).key());
        } else {
          keep(batch.get(i), drift);
        }
      }
      if (!moved.isEmpty()) {
        again(moved);
      }
    }

    /** What moves again while it is compared is left to the next pass. */
    private void again(Set<ResourceKey> moved) {
      LiveState now = reading.orElseThrow().read(moved);
      Run second = new Run(desired, inventory, now, Optional.empty(), result, call);
      moved.forEach(second::join);
      second.finish();
    }

    private static boolean isStale(Drift drift) {
      return drift instanceof Drift.Undecided undecided
          && undecided.failure().category() == FailureCategory.STALE;
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
