package io.github.gitops4j.testkit.fault;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.apply.Applier;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.diff.Differ;
import io.github.gitops4j.history.HistoryStore;
import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.inventory.InventoryStore;
import io.github.gitops4j.live.LiveStateProvider;
import io.github.gitops4j.reconcile.ComposedTarget;
import io.github.gitops4j.reconcile.Ledger;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.source.DesiredStateSource;
import io.github.gitops4j.source.TreeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.random.RandomGenerator;

/**
 * Says what goes wrong and when: a fault at the n-th call of all, or at the n-th time that one
 * point is passed. What it wraps shares its count.
 *
 * <p>Each fault strikes once, but for those that {@linkplain #withChance may strike at any time}.
 * The plan remembers which points were passed, so that a test can first count them and then go
 * through them one by one.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class FaultPlan {
  private final Object lock = new Object();
  private final List<Planned> waiting = new ArrayList<>();
  private final List<Chance> chances = new ArrayList<>();
  private final List<InjectionPoint> calls = new ArrayList<>();
  private final List<InjectionPoint> struck = new ArrayList<>();

  private FaultPlan() {}

  private record Chance(double chance, RandomGenerator random, Fault fault) {}

  private record Planned(BiPredicate<InjectionPoint, List<InjectionPoint>> when, Fault fault) {}

  /** Returns a plan in which nothing goes wrong yet. */
  public static FaultPlan create() {
    return new FaultPlan();
  }

  /** Plans a fault for the n-th point that is passed, whichever it is; counted from 1. */
  public FaultPlan atCall(int n, Fault fault) {
    return add(n, (point, passed) -> passed.size() == n, fault);
  }

  /** Plans a fault for the n-th time that a point is passed; counted from 1. */
  public FaultPlan at(InjectionPoint where, int n, Fault fault) {
    requireNonNull(where, "where");
    return add(
        n,
        (point, passed) ->
            point == where && passed.stream().filter(one -> one == where).count() == n,
        fault);
  }

  private FaultPlan add(
      int n, BiPredicate<InjectionPoint, List<InjectionPoint>> when, Fault fault) {
    if (n < 1) {
      throw new IllegalArgumentException("calls are counted from 1, not " + n);
    }
    synchronized (lock) {
      waiting.add(new Planned(when, requireNonNull(fault, "fault")));
    }
    return this;
  }

  /**
   * Plans a fault that may strike at each point that is passed, again and again, until the plan is
   * {@linkplain #quiet quiet}.
   *
   * @param chance from 0 to 1
   * @param random decides; a seeded one makes the same faults for the same calls
   */
  public FaultPlan withChance(double chance, RandomGenerator random, Fault fault) {
    requireNonNull(random, "random");
    requireNonNull(fault, "fault");
    synchronized (lock) {
      chances.add(new Chance(chance, random, fault));
    }
    return this;
  }

  /** Forgets all that is planned: nothing goes wrong any more. */
  public void quiet() {
    synchronized (lock) {
      waiting.clear();
      chances.clear();
    }
  }

  /** Returns the points that were passed, in order. */
  public List<InjectionPoint> calls() {
    synchronized (lock) {
      return List.copyOf(calls);
    }
  }

  /** Returns the points at which a fault struck, in order. */
  public List<InjectionPoint> struck() {
    synchronized (lock) {
      return List.copyOf(struck);
    }
  }

  /** Returns a target whose live state, differ, applier and stores go wrong by this plan. */
  public Target around(Target target) {
    ComposedTarget.Builder faulty =
        ComposedTarget.from(target)
            .live(live(target.live()))
            .differ(differ(target.differ()))
            .applier(applier(target.applier()))
            .inventory(inventory(target.inventory()))
            .history(history(target.history()));
    target.ledger().ifPresent(ledger -> faulty.ledger(ledger(ledger)));
    return faulty.build();
  }

  /** Returns a source that goes wrong by this plan. */
  public TreeSource around(TreeSource source) {
    return new FaultyTreeSource(source, this);
  }

  /** Returns a source that goes wrong by this plan. */
  public DesiredStateSource around(DesiredStateSource source) {
    return new FaultyDesiredStateSource(source, this);
  }

  /** Returns a provider that goes wrong by this plan; its change feed does not. */
  public LiveStateProvider live(LiveStateProvider live) {
    return new FaultyLive(live, this);
  }

  /** Returns a differ that goes wrong by this plan. */
  public Differ differ(Differ differ) {
    return (batch, call) -> {
      pass(InjectionPoint.BEFORE_DIFF, call);
      var drifts = differ.diff(batch, call);
      pass(InjectionPoint.AFTER_DIFF, call);
      return drifts;
    };
  }

  /** Returns an applier that goes wrong by this plan. */
  public Applier applier(Applier applier) {
    return new FaultyApplier(applier, this);
  }

  /** Returns an inventory that goes wrong by this plan. */
  public InventoryStore inventory(InventoryStore store) {
    return new FaultyInventoryStore(store, this);
  }

  /** Returns a history that goes wrong by this plan. */
  public HistoryStore history(HistoryStore store) {
    return new FaultyHistoryStore(store, this);
  }

  /** Returns a ledger that goes wrong by this plan, at the points of a commit. */
  public Ledger ledger(Ledger ledger) {
    return (expectedSequence, entry, call) -> {
      pass(InjectionPoint.BEFORE_COMMIT, call);
      Inventory committed = ledger.commit(expectedSequence, entry, call);
      pass(InjectionPoint.AFTER_COMMIT, call);
      return committed;
    };
  }

  /** Passes a point: whatever is planned for it happens now. */
  void pass(InjectionPoint point, CallContext call) {
    List<Fault> due = new ArrayList<>();
    synchronized (lock) {
      calls.add(point);
      for (Chance each : chances) {
        if (each.random().nextDouble() < each.chance()) {
          struck.add(point);
          due.add(each.fault());
        }
      }
      for (Planned planned : List.copyOf(waiting)) {
        if (planned.when().test(point, calls)) {
          waiting.remove(planned);
          struck.add(point);
          due.add(planned.fault());
        }
      }
    }
    due.forEach(fault -> fault.strike(point, call));
  }
}
