package io.github.gitops4j.reconcile;

import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.apply.ApplyRequest;
import io.github.gitops4j.apply.ApplySession;
import io.github.gitops4j.apply.Effect;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.gate.GateDecision;
import io.github.gitops4j.health.Health;
import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.history.HistoryState;
import io.github.gitops4j.history.OperationResult;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.resource.ResourceKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one pass does of an operation, which may take several passes: one that was begun for the
 * same desired state goes on under its old id.
 *
 * <p>Confined to one reconcile call.
 */
final class Operation {
  private static final String FAILING = "hooks for failure";

  private final Setup setup;
  private final HistoryState history;
  private final Decided decided;
  private final Recording recording;
  private final CallContext call;
  private final HookRuns hooks;
  private final boolean resumed;
  private final String id;
  private final Watch watch;
  private boolean begun;
  private @Nullable String pausedAt;
  // What a wave that was not begun waits for.
  private SortedMap<ResourceKey, HealthReport> inTheWay = Collections.emptySortedMap();

  Operation(
      Setup setup, HistoryState history, Decided decided, Recording recording, CallContext call) {
    this.setup = setup;
    this.recording = recording;
    this.history = history;
    this.decided = decided;
    this.call = call;
    Optional<HistoryEvent.OperationBegan> running = history.running();
    this.resumed =
        running.map(began -> began.contentId().equals(decided.desired().contentId())).orElse(false);
    this.id = resumed ? running.orElseThrow().operation() : call.operationId();
    this.begun = resumed;
    this.hooks = new HookRuns(setup, history, decided, new HookRuns.Notes(id, recording), call);
    this.watch = new Watch(setup, decided, history.awaits(), call);
    if (resumed) {
      history.awaits().ifPresent(awaits -> watch.goOn(awaits.keys()));
    }
  }

  String id() {
    return id;
  }

  /** Says whether it has failed already, and only its hooks for that are left. */
  boolean isFailing() {
    return resumed && history.failing().isPresent();
  }

  /** Notes that the first write is about to happen. */
  void begin(List<GateDecision> decisions) {
    supersede();
    if (begun) {
      return;
    }
    begun = true;
    recording.add(
        new HistoryEvent.OperationBegan(
            id,
            decided.plan().revision(),
            decided.desired().contentId(),
            decided.plan().digest(),
            Gating.context(decided, decisions, history)));
  }

  /**
   * Writes wave after wave, until one fails, what comes before one is not healthy, or what one
   * removes is still there.
   */
  List<ApplyOutcome> writeWaves(ReconcileReport.Builder report) {
    List<ApplyOutcome> all = new ArrayList<>();
    hooks.settle();
    try (ApplySession session = setup.open(request(), call)) {
      Writing writing = new Writing(setup, recording, decided, session);
      for (Plan.Wave wave : decided.plan().waves()) {
        call.checkActive("apply");
        if (hooks.failure().isPresent()) {
          break;
        }
        inTheWay = watch.unhealthyBefore(wave);
        inTheWay.putAll(hooks.runningBefore(wave.step()));
        if (!inTheWay.isEmpty() || removals(all).findAny().isPresent()) {
          pausedAt = wave.step().toString();
          break;
        }
        List<ApplyOutcome> outcomes = write(writing, wave);
        watch.wrote(outcomes, session);
        all.addAll(outcomes);
        report.outcomes(all);
        if (outcomes.stream().anyMatch(ApplyOutcome.Failed.class::isInstance)) {
          break;
        }
      }
    }
    return all;
  }

  private List<ApplyOutcome> write(Writing writing, Plan.Wave wave) {
    hooks.starting(wave.actions());
    List<ApplyOutcome> outcomes = writing.write(wave, call);
    hooks.begun(outcomes);
    hooks.settle();
    return outcomes;
  }

  private ApplyRequest request() {
    return new ApplyRequest(
        decided.plan(), decided.desired(), decided.inventory(), setup.policy.ignoreRules());
  }

  /** Says how the pass ended, and records it, with the end of the operation if it is one. */
  PassResult finish(ReconcileReport.Builder report, List<ApplyOutcome> outcomes) {
    PassResult result = ended(report, outcomes);
    recording.finish();
    return result;
  }

  private PassResult ended(ReconcileReport.Builder report, List<ApplyOutcome> outcomes) {
    if (!begun) {
      supersede();
      return new PassResult.Done();
    }
    hooks.settle();
    boolean failed = outcomes.stream().anyMatch(ApplyOutcome.Failed.class::isInstance);
    SortedMap<ResourceKey, HealthReport> unhealthy = watch.unhealthy();
    unhealthy.putAll(hooks.running());
    SortedMap<ResourceKey, HealthReport> missing = new TreeMap<>(inTheWay);
    missing.putAll(unhealthy);
    removals(outcomes)
        .forEach(
            going -> missing.put(going.key(), HealthReport.of(Health.TERMINATING, going.reason())));
    missing.forEach(report::unhealthy);
    Optional<String> hookFailure = hooks.failure();
    if (hookFailure.isPresent()) {
      Failure why = Failure.of(FailureCategory.UNAVAILABLE, hookFailure.get());
      return conclude(OperationResult.FAILED, new PassResult.Failed("hook", why), outcomes, report);
    }
    if (!failed && (!missing.isEmpty() || pausedAt != null)) {
      return await(List.copyOf(unhealthy.keySet()), missing, outcomes, report);
    }
    return conclude(
        failed ? OperationResult.PARTLY_FAILED : OperationResult.SUCCEEDED,
        new PassResult.Done(),
        outcomes,
        report);
  }

  private PassResult await(
      List<ResourceKey> keys,
      SortedMap<ResourceKey, HealthReport> missing,
      List<ApplyOutcome> outcomes,
      ReconcileReport.Builder report) {
    Instant now = setup.clock.instant();
    List<ResourceKey> removals = removals(outcomes).map(ApplyOutcome.Removing::key).toList();
    Optional<HistoryEvent.OperationAwaits> before =
        history.awaits().filter(awaits -> resumed && didNothingNew(outcomes, awaits));
    Instant since = before.map(HistoryEvent.OperationAwaits::since).orElse(now);
    Instant deadline =
        before.map(HistoryEvent.OperationAwaits::deadline).orElse(now.plus(setup.healthTimeout));
    if (before.isPresent() && isHopeless(missing)) {
      return failed(FailureCategory.UNAVAILABLE, "degraded", missing, outcomes, report);
    }
    if (!now.isBefore(deadline)) {
      return failed(FailureCategory.TIMEOUT, "not healthy in time", missing, outcomes, report);
    }
    String wave = pausedAt == null ? "last wave" : "wave before " + pausedAt;
    HistoryEvent.OperationAwaits awaits =
        new HistoryEvent.OperationAwaits(id, wave, keys, removals, since, deadline);
    if (!before.equals(Optional.of(awaits))) {
      recording.add(awaits);
    }
    return new PassResult.Awaiting(wave, List.copyOf(missing.keySet()), deadline);
  }

  /**
   * What was just written may still show how it was before, so that is left to the next pass, and
   * so is what the plan is yet to put right.
   */
  private boolean isHopeless(SortedMap<ResourceKey, HealthReport> missing) {
    return setup.onDegraded == DegradedPolicy.FAIL
        && missing.entrySet().stream()
            .filter(entry -> !watch.isPending(entry.getKey()))
            .anyMatch(entry -> entry.getValue().health() == Health.DEGRADED);
  }

  private PassResult failed(
      FailureCategory category,
      String why,
      SortedMap<ResourceKey, HealthReport> missing,
      List<ApplyOutcome> outcomes,
      ReconcileReport.Builder report) {
    hooks.expire();
    Failure failure = Failure.of(category, why + ": " + InWords.missing(missing));
    return conclude(
        OperationResult.FAILED, new PassResult.Failed("health", failure), outcomes, report);
  }

  /** Ends the operation, after the hooks for its failure if it has failed. */
  private PassResult conclude(
      OperationResult result,
      PassResult then,
      List<ApplyOutcome> outcomes,
      ReconcileReport.Builder report) {
    if (result != OperationResult.SUCCEEDED) {
      List<PlannedAction> runs = hooks.forFailure(decided.hooks());
      if (!runs.isEmpty()) {
        recording.add(new HistoryEvent.OperationFailing(id, InWords.reason(then, outcomes)));
        List<ApplyOutcome> all = new ArrayList<>(outcomes);
        all.addAll(run(runs));
        report.outcomes(all);
        SortedMap<ResourceKey, HealthReport> running = hooks.runningForFailure();
        if (!running.isEmpty()) {
          return awaitFailing(running, setup.clock.instant().plus(setup.healthTimeout), report);
        }
      }
    }
    end(result, outcomes);
    return then;
  }

  /** Waits for the hooks for failure, and ends the operation. */
  PassResult goOnFailing(ReconcileReport.Builder report) {
    PassResult result = endedFailing(report);
    recording.finish();
    return result;
  }

  private PassResult endedFailing(ReconcileReport.Builder report) {
    hooks.settle();
    List<ApplyOutcome> outcomes = run(hooks.forFailure(decided.hooks()));
    report.outcomes(outcomes);
    SortedMap<ResourceKey, HealthReport> running = hooks.runningForFailure();
    Instant now = setup.clock.instant();
    Instant deadline =
        history
            .awaits()
            .map(HistoryEvent.OperationAwaits::deadline)
            .orElse(now.plus(setup.healthTimeout));
    if (!running.isEmpty() && now.isBefore(deadline)) {
      return awaitFailing(running, deadline, report);
    }
    hooks.expire();
    end(OperationResult.FAILED, outcomes);
    return new PassResult.Failed(
        "hook", Failure.of(FailureCategory.UNAVAILABLE, history.failing().orElseThrow()));
  }

  private List<ApplyOutcome> run(List<PlannedAction> runs) {
    if (runs.isEmpty()) {
      return List.of();
    }
    try (ApplySession session = setup.open(request(), call)) {
      Writing writing = new Writing(setup, recording, decided, session);
      return write(writing, new Plan.Wave(runs.get(0).step(), runs));
    }
  }

  private PassResult awaitFailing(
      SortedMap<ResourceKey, HealthReport> running,
      Instant deadline,
      ReconcileReport.Builder report) {
    running.forEach(report::unhealthy);
    List<ResourceKey> keys = List.copyOf(running.keySet());
    boolean known =
        history
            .awaits()
            .filter(awaits -> isFailing())
            .filter(awaits -> awaits.keys().equals(keys))
            .isPresent();
    if (!known) {
      recording.add(
          new HistoryEvent.OperationAwaits(
              id, FAILING, keys, List.of(), setup.clock.instant(), deadline));
    }
    return new PassResult.Awaiting(FAILING, keys, deadline);
  }

  /** What was removed is asked for once more by each pass, which moves no deadline. */
  private static boolean didNothingNew(
      List<ApplyOutcome> outcomes, HistoryEvent.OperationAwaits awaits) {
    return outcomes.stream()
        .allMatch(
            outcome ->
                outcome instanceof ApplyOutcome.Removing
                    && awaits.removals().contains(outcome.key()));
  }

  private static Stream<ApplyOutcome.Removing> removals(List<ApplyOutcome> outcomes) {
    return outcomes.stream()
        .filter(ApplyOutcome.Removing.class::isInstance)
        .map(ApplyOutcome.Removing.class::cast);
  }

  /** Ends the operation of another desired state that was still running. */
  private void supersede() {
    if (resumed) {
      return;
    }
    history
        .running()
        .ifPresent(
            old ->
                recording.add(
                    new HistoryEvent.OperationEnded(
                        old.operation(),
                        old.revision(),
                        OperationResult.SUPERSEDED,
                        Map.of(),
                        List.of())));
  }

  private void end(OperationResult result, List<ApplyOutcome> outcomes) {
    List<String> notes = new ArrayList<>(InWords.notes(outcomes));
    notes.addAll(InWords.notes(hooks.cleanUp(request())));
    Map<Effect, Integer> effects = new EnumMap<>(Effect.class);
    outcomes.forEach(outcome -> effects.merge(outcome.effect(), 1, Integer::sum));
    recording.add(
        new HistoryEvent.OperationEnded(id, decided.plan().revision(), result, effects, notes));
  }
}
