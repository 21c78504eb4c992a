package io.github.gitops4j.reconcile;

import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.apply.TargetLock;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.gate.GateDecision;
import io.github.gitops4j.gate.GateVerdict;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.history.HistoryState;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.plan.Precondition;
import io.github.gitops4j.source.Revision;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One pass: resolve, fetch, observe, diff, plan, gate, write wave by wave, record.
 *
 * <p>Confined to one reconcile call.
 */
final class Pass {
  private final Setup setup;
  private final Join join;
  private final CallContext call;
  private final Resolving resolving;
  private final ReconcileReport.Builder report;
  private String stage = "lock";

  Pass(Setup setup, Join join, CallContext given) {
    String operation =
        given.operationId().isEmpty() ? setup.operationIds.get() : given.operationId();
    this.setup = setup;
    this.join = join;
    this.call = given.withOperationId(operation);
    this.resolving = new Resolving(setup, join);
    this.report = ReconcileReport.builder(operation, setup.clock.instant());
  }

  /** Follows the source, or stays at the pin. */
  ReconcileReport toTracked() {
    return guarded(
        history -> {
          Resolving.Resolved resolved = resolve(history);
          Decided decided = decide(resolved.revision(), history);
          resolving.refuseRewind(resolved, history, call);
          Optional<Revision> back = resolving.back(resolved, decided, history);
          if (back.isPresent()) {
            String why = history.failureOf(decided.desired().contentId()).orElseThrow();
            return goBack(back.get(), resolved.head(), why, history);
          }
          if (resolved.pinMoved()) {
            return proceed(
                decided,
                appended(history, new HistoryEvent.RevisionUnpinned("the source moved on")));
          }
          return proceed(decided, history);
        });
  }

  private PassResult goBack(Revision revision, Revision head, String why, HistoryState history) {
    Decided decided = decide(revision, history);
    return proceed(
        decided,
        appended(history, new HistoryEvent.RevisionPinned(revision, head, "automatic: " + why)));
  }

  /** Does what a plan says, if nothing moved. */
  ReconcileReport of(Plan plan) {
    return guarded(
        history -> {
          Decided decided;
          try {
            decided =
                decide(plan.revision(), () -> join.decideAfresh(plan.revision(), history, call));
          } catch (SourceException e) {
            if (e.failure().category() != FailureCategory.NOT_FOUND) {
              throw e;
            }
            return stale("its revision is gone (" + e.failure().message() + ")");
          }
          if (!samePlan(plan, decided.plan())) {
            return stale("something moved since it was made");
          }
          return proceed(decided, history);
        });
  }

  private PassResult stale(String why) {
    String reason = "the plan is stale: " + why + "; plan again";
    return refused(List.of(new GateDecision("stale-plan", new GateVerdict.Deny(reason))));
  }

  /** Pins a revision and goes there. */
  ReconcileReport back(Revision revision, String by) {
    return guarded(
        history -> {
          Resolving.Resolved resolved = resolve(history);
          Decided decided = decide(revision, history);
          return proceed(
              decided,
              appended(history, new HistoryEvent.RevisionPinned(revision, resolved.head(), by)));
        });
  }

  private ReconcileReport guarded(Function<HistoryState, PassResult> work) {
    setup.tell(new ReconcileEvent.PassStarted(setup.target.id()));
    PassResult result;
    try (TargetLock.Held held = setup.target.lock().acquire(call)) {
      stage = "history";
      result = work.apply(setup.history(call));
    } catch (RuntimeException e) {
      result = new PassResult.Failed(stage, Failure.from(e));
    }
    ReconcileReport built = report.build(result, setup.clock.instant());
    setup.tell(new ReconcileEvent.PassEnded(built));
    return built;
  }

  private Resolving.Resolved resolve(HistoryState history) {
    stage = "resolve";
    return resolving.resolve(history, call);
  }

  private Decided decide(Revision revision, HistoryState history) {
    return decide(revision, () -> join.decide(revision, history, call));
  }

  private Decided decide(Revision revision, Supplier<Decided> deciding) {
    setup.tell(new ReconcileEvent.RevisionResolved(revision));
    stage = "plan";
    Decided decided = deciding.get();
    report.plan(decided.plan());
    setup.tell(new ReconcileEvent.PlanMade(decided.plan()));
    return decided;
  }

  private PassResult proceed(Decided decided, HistoryState history) {
    Recording recording = new Recording(setup, join, decided.inventory(), call);
    Operation operation = new Operation(setup, history, decided, recording, call);
    report.operation(operation.id());
    try {
      return proceed(decided, history, operation);
    } catch (RuntimeException e) {
      recording.finishAfter(e);
      throw e;
    }
  }

  private PassResult proceed(Decided decided, HistoryState history, Operation operation) {
    if (operation.isFailing()) {
      stage = "hook";
      return operation.goOnFailing(report);
    }
    if (decided.plan().waves().isEmpty() && decided.plan().broken().isEmpty()) {
      stage = "health";
      return operation.finish(report, List.of());
    }
    stage = "gate";
    List<GateDecision> decisions = new Gating(setup).ask(decided, history);
    report.decisions(decisions);
    if (!decisions.stream().allMatch(GateDecision::allows)) {
      recordRefusal(decided, decisions, history);
      return refused(decisions);
    }
    if (decided.plan().waves().isEmpty()) {
      return operation.finish(report, List.of());
    }
    stage = "apply";
    operation.begin(decisions);
    List<ApplyOutcome> outcomes = operation.writeWaves(report);
    setup
        .fights
        .corrected(decided, outcomes)
        .forEach(key -> setup.tell(new ReconcileEvent.FightNoticed(key)));
    stage = "health";
    return operation.finish(report, outcomes);
  }

  private PassResult refused(List<GateDecision> decisions) {
    report.decisions(decisions);
    return new PassResult.Refused(decisions);
  }

  /** Once for a plan and a set of verdicts; in what words they come does not matter. */
  private void recordRefusal(Decided decided, List<GateDecision> decisions, HistoryState history) {
    HistoryEvent.PlanRefused refusal =
        new HistoryEvent.PlanRefused(
            decided.plan().revision(),
            decided.plan().digest(),
            Gating.context(decided, decisions, history));
    if (history.refused().filter(refusal::isSameAs).isEmpty()) {
      appended(history, refusal);
    }
  }

  private HistoryState appended(HistoryState history, HistoryEvent event) {
    return history.after(setup.target.history().append(event, setup.clock.instant(), call));
  }

  private static boolean samePlan(Plan saved, Plan now) {
    return saved.digest().equals(now.digest()) && preconditions(saved).equals(preconditions(now));
  }

  private static List<Precondition> preconditions(Plan plan) {
    return plan.actions().stream()
        .map(PlannedAction::head)
        .map(head -> head.precondition())
        .toList();
  }
}
