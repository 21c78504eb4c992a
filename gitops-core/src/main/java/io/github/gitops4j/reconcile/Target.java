package io.github.gitops4j.reconcile;

import io.github.gitops4j.apply.Applier;
import io.github.gitops4j.apply.TargetLock;
import io.github.gitops4j.diff.Differ;
import io.github.gitops4j.health.HealthAssessor;
import io.github.gitops4j.history.HistoryStore;
import io.github.gitops4j.inventory.InventoryStore;
import io.github.gitops4j.live.LiveStateProvider;
import io.github.gitops4j.plan.Arrangement;
import io.github.gitops4j.plan.PlanPolicy;
import io.github.gitops4j.plan.RemovalGuard;
import io.github.gitops4j.plan.Veto;
import io.github.gitops4j.source.ResourceModel;
import java.util.List;
import java.util.Optional;

/**
 * A live system, as the parts that the engine works with.
 *
 * <p>A user's own backend implements it; each part can be replaced with {@link ComposedTarget}.
 * Each part keeps its own rules; together they keep these:
 *
 * <ul>
 *   <li>TGT-1: one pass makes live as declared, and the next one has nothing to do.
 *   <li>TGT-2: what is ours and no longer declared is removed; what is not ours stays.
 *   <li>TGT-3: what is as declared already is adopted without a write.
 *   <li>TGT-4: what somebody else has put in the way is held, and the rest goes on.
 *   <li>TGT-5: drift is found and put right.
 *   <li>TGT-6: killed at any call, the next pass of another process makes live as declared, has
 *       touched nothing of others, and the chain of the history is intact.
 *   <li>TGT-7: {@link #id()} is the same in every process and holds no credentials.
 * </ul>
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public interface Target extends AutoCloseable {
  /** Returns a stable name for reports and plans, without credentials. */
  String id();

  /** Returns how files are understood. */
  ResourceModel model();

  /** Returns what reports live state. */
  LiveStateProvider live();

  /** Returns what compares. */
  Differ differ();

  /** Returns what writes. */
  Applier applier();

  /** Returns where ownership is kept. */
  InventoryStore inventory();

  /** Returns where history is kept. */
  HistoryStore history();

  /** Returns what changes inventory and history in one step; by default nothing does. */
  default Optional<Ledger> ledger() {
    return Optional.empty();
  }

  /** Returns what judges health; by default being there is being healthy. */
  default HealthAssessor health() {
    return HealthAssessor.presence();
  }

  /** Returns what keeps other passes out; by default nothing. */
  default TargetLock lock() {
    return TargetLock.none();
  }

  /** Returns this target's own vetoes; by default none. */
  default List<Veto> vetoes() {
    return List.of();
  }

  /** Returns what looks at removals before they are planned; by default nothing. */
  default RemovalGuard removalGuard() {
    return RemovalGuard.none();
  }

  /** Returns this target's arrangement; by default as planned. */
  default Arrangement arrangement() {
    return Arrangement.asPlanned();
  }

  /** Returns the policy that suits this kind of target if the user chooses none. */
  default PlanPolicy defaultPolicy() {
    return PlanPolicy.defaults();
  }

  /** Gives back what the target holds; by default nothing. */
  @Override
  default void close() {}
}
