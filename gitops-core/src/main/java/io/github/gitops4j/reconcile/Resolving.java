package io.github.gitops4j.reconcile;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.history.HistoryState;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.RevisionOrder;
import io.github.gitops4j.source.RevisionOrder.Relation;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** Finds out which revision a pass leads to, and refuses one that leads back by accident. */
final class Resolving {
  private final Setup setup;
  private final Join join;

  Resolving(Setup setup, Join join) {
    this.setup = setup;
    this.join = join;
  }

  /**
   * Where a pass leads.
   *
   * @param revision the revision
   * @param head what the source tracks now
   * @param pinMoved whether the source moved on from a pin that is still recorded
   */
  record Resolved(Revision revision, Revision head, boolean pinMoved) {}

  Plan plan(CallContext call) {
    return decide(setup.history(call), call).plan();
  }

  TargetStatus status(CallContext call) {
    HistoryState history = setup.history(call);
    Decided decided = decide(history, call);
    return new TargetStatus(decided.plan(), history, unhealthy(judged(decided), history, call));
  }

  /** Returns those of some resources that are declared and not healthy. */
  SortedMap<ResourceKey, HealthReport> unhealthy(Set<ResourceKey> among, CallContext call) {
    HistoryState history = setup.history(call);
    Decided decided = decide(history, call);
    Set<ResourceKey> keys = judged(decided);
    keys.retainAll(among);
    return unhealthy(keys, history, call);
  }

  /** What is declared and can be more than there. */
  private Set<ResourceKey> judged(Decided decided) {
    Set<ResourceKey> keys = new HashSet<>();
    decided.desired().forEach(entry -> keys.add(entry.key()));
    decided.hooks().forEach(hook -> keys.remove(hook.key()));
    keys.removeIf(setup.target.health()::judgesPresenceOnly);
    return keys;
  }

  private SortedMap<ResourceKey, HealthReport> unhealthy(
      Set<ResourceKey> keys, HistoryState history, CallContext call) {
    return new Healthy(setup).unhealthy(keys, since(history), call);
  }

  /** Since when it is to be as it is: since the last operation. */
  private Instant since(HistoryState history) {
    return history
        .awaits()
        .map(HistoryEvent.OperationAwaits::since)
        .or(history::lastAppliedAt)
        .orElseGet(setup.clock::instant);
  }

  private Decided decide(HistoryState history, CallContext call) {
    Resolved resolved = resolve(history, call);
    Decided decided = join.decide(resolved.revision(), history, call);
    refuseRewind(resolved, history, call);
    Optional<Revision> back = back(resolved, decided, history);
    return back.isPresent() ? join.decide(back.get(), history, call) : decided;
  }

  /** Returns where to go back to, if what the source tracks has failed and that is the policy. */
  Optional<Revision> back(Resolved resolved, Decided decided, HistoryState history) {
    boolean following = resolved.revision().equals(resolved.head());
    return following && setup.rollback == RollbackPolicy.TO_LAST_HEALTHY
        ? history.healthyBefore(decided.desired().contentId())
        : Optional.empty();
  }

  Resolved resolve(HistoryState history, CallContext call) {
    call.checkActive("resolve");
    Revision head = setup.read("source", () -> setup.source.latest(call), call);
    Optional<HistoryEvent.RevisionPinned> pin = history.pin();
    if (pin.isPresent() && pin.get().head().sameContentAs(head)) {
      return new Resolved(pin.get().revision(), head, false);
    }
    return new Resolved(head, head, pin.isPresent());
  }

  /** Throws if the tracked ref was rewritten; asked after the fetch, which brings the history. */
  void refuseRewind(Resolved resolved, HistoryState history, CallContext call) {
    Optional<Revision> last = history.lastApplied();
    boolean following = resolved.revision().equals(resolved.head());
    if (setup.rewind == RewindPolicy.ALLOW
        || !following
        || last.isEmpty()
        || last.get().sameContentAs(resolved.head())
        || !last.get().ref().equals(resolved.head().ref())) {
      return;
    }
    RevisionOrder order = Setup.given("source", setup.source.order());
    Relation relation = Setup.given("source", order.relation(resolved.head(), last.get(), call));
    switch (relation) {
      case SAME, AHEAD, UNORDERED -> {}
      case BEHIND, DIVERGED ->
          throw rewound(resolved.head(), "it does not descend from", last.get());
      case UNKNOWN ->
          throw rewound(resolved.head(), "nobody can tell whether it descends from", last.get());
    }
  }

  private static SourceException rewound(Revision head, String why, Revision last) {
    return new SourceException(
        FailureCategory.CONFLICT,
        head
            + ": following failed: "
            + why
            + " "
            + last.id()
            + ", which was applied last; allow a rewind or roll back to say that it is meant");
  }
}
