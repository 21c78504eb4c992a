package io.github.gitops4j.micrometer;

import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.control.ControllerEvent;
import io.github.gitops4j.gate.GateDecision;
import io.github.gitops4j.plan.ActionKind;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileEvent;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.resource.ResourceKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts events.
 *
 * <p>Events come one after the other; what gauges ask may be asked by any thread.
 */
final class Counting {
  private final Meters meters;
  private final Map<String, Progress> applications = new ConcurrentHashMap<>();

  Counting(Meters meters) {
    this.meters = meters;
  }

  void count(ControllerEvent event) {
    if (event instanceof ControllerEvent.Missed missed) {
      meters.add(Metric.EVENTS_MISSED, "", missed.count());
    } else if (event instanceof ControllerEvent.ApplicationPut put) {
      applications.computeIfAbsent(put.application(), any -> new Progress(meters.now()));
    } else if (event instanceof ControllerEvent.ApplicationRemoved removed) {
      applications.remove(removed.application());
      meters.forget(removed.application());
    } else if (event instanceof ControllerEvent.TurnStarted turn) {
      turn.causes()
          .forEach(cause -> meters.add(Metric.TURNS, turn.application(), 1, Meters.value(cause)));
    } else if (event instanceof ControllerEvent.PassTold told) {
      count(told.application(), told.event());
    }
  }

  private void count(String application, ReconcileEvent event) {
    if (event instanceof ReconcileEvent.GateAsked asked) {
      GateDecision decision = asked.decision();
      meters.add(Metric.GATE_DECISIONS, application, 1, decision.gate(), decision.verdict().word());
    } else if (event instanceof ReconcileEvent.FightNoticed) {
      meters.add(Metric.FIGHTS, application, 1);
    } else if (event instanceof ReconcileEvent.PassEnded ended) {
      // One that was removed ends at most a pass, which nobody asks about any more.
      Progress progress = applications.get(application);
      if (progress != null) {
        count(application, ended.report(), progress);
      }
    }
  }

  private void count(String application, ReconcileReport report, Progress progress) {
    Duration taken = Duration.between(report.started(), report.ended());
    meters.record(Metric.PASS, application, taken, result(report.result()));
    if (report.result() instanceof PassResult.Failed failed) {
      String category = Meters.value(failed.failure().category());
      meters.add(Metric.PASS_FAILURES, application, 1, failed.stage(), category);
    }
    Map<ResourceKey, ActionKind> kinds = new HashMap<>();
    report
        .plan()
        .ifPresent(
            plan -> plan.actions().forEach(action -> kinds.put(action.key(), action.kind())));
    for (ApplyOutcome outcome : report.outcomes()) {
      ActionKind kind = kinds.get(outcome.key());
      if (kind != null) {
        String effect = Meters.value(outcome.effect());
        meters.add(Metric.ACTIONS, application, 1, Meters.value(kind), effect);
      }
    }
    long drift = progress.drift(report);
    if (drift > 0) {
      meters.add(Metric.DRIFT, application, drift);
    }
    progress.take(report).ifPresent(time -> meters.record(Metric.CONVERGENCE, application, time));
  }

  static String result(PassResult result) {
    if (result instanceof PassResult.Done) {
      return "done";
    } else if (result instanceof PassResult.Awaiting) {
      return "awaiting";
    } else if (result instanceof PassResult.Refused) {
      return "refused";
    } else if (result instanceof PassResult.Failed) {
      return "failed";
    }
    throw new AssertionError(result);
  }

  /** Returns how long ago the application that waits longest for it had a pass that was done. */
  double oldestSuccessSeconds() {
    OptionalLong oldest = applications.values().stream().mapToLong(Progress::succeededAt).min();
    return oldest.isPresent() ? Math.max(0, meters.now() - oldest.getAsLong()) / 1000.0 : 0;
  }

  /** Returns how many actions of a plan would write. */
  static long writes(Plan plan) {
    return plan.actions().stream()
        .filter(action -> !(action instanceof PlannedAction.Hold))
        .count();
  }
}
