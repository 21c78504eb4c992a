package io.github.gitops4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.apply.ApplyRequest;
import io.github.gitops4j.apply.ApplySession;
import io.github.gitops4j.apply.TargetLock;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlanPolicy;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.source.DesiredState;
import io.github.gitops4j.source.TreeDesiredStateSource;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A source in memory in front of a fixture's target. Confined to one test. */
final class Scenario {
  private final TargetFixture fixture;
  private final InMemoryTreeSource source = InMemoryTreeSource.empty();

  Scenario(TargetFixture fixture) {
    this.fixture = fixture;
  }

  InMemoryTreeSource source() {
    return source;
  }

  /** Commits these resources beside what is declared already: name, content, name, content. */
  void declare(String... namesAndContents) {
    source.commit(
        "declare",
        files -> {
          for (int i = 0; i < namesAndContents.length; i += 2) {
            fixture.declare(files, namesAndContents[i], namesAndContents[i + 1]);
          }
        });
  }

  void withdraw(String... names) {
    source.commit(
        "withdraw",
        files -> {
          for (String name : names) {
            fixture.withdraw(files, name);
          }
        });
  }

  DesiredState desired() {
    TreeDesiredStateSource desired = TreeDesiredStateSource.of(source, fixture.target().model());
    return desired.fetch(desired.latest(Calls.UNBOUNDED), Optional.empty(), Calls.UNBOUNDED);
  }

  Reconciler reconciler(Target target, PlanPolicy policy) {
    return Reconciler.builder(source, target)
        .policy(policy)
        .gates(List.of())
        .retry(RetryPolicy.never())
        .build();
  }

  Reconciler reconciler(Target target) {
    return reconciler(target, target.defaultPolicy());
  }

  ReconcileReport pass() {
    return reconciler(fixture.target()).reconcile(Calls.UNBOUNDED);
  }

  /** Makes what is declared live and ours. */
  void own(String... namesAndContents) {
    declare(namesAndContents);
    ReconcileReport report = pass();
    assertInstanceOf(PassResult.Done.class, report.result(), report::toString);
    assertEquals(List.of(), report.failures());
  }

  Plan plan(PlanPolicy policy) {
    return reconciler(fixture.target(), policy).plan(Calls.UNBOUNDED);
  }

  Plan plan() {
    return plan(fixture.target().defaultPolicy());
  }

  /** Applies a whole plan through the applier alone, whatever happened since it was made. */
  List<ApplyOutcome> apply(Plan plan, CallContext call) {
    return apply(plan, call, outcome -> {});
  }

  List<ApplyOutcome> apply(Plan plan, CallContext call, Consumer<ApplyOutcome> listener) {
    List<ApplyOutcome> outcomes = new ArrayList<>();
    inSession(
        plan,
        session -> {
          for (Plan.Wave wave : plan.waves()) {
            session.apply(
                wave.actions(),
                outcome -> {
                  outcomes.add(outcome);
                  listener.accept(outcome);
                },
                call);
          }
        });
    assertEquals(
        plan.waves().stream()
            .flatMap(w -> w.actions().stream())
            .map(PlannedAction::key)
            .sorted()
            .toList(),
        outcomes.stream().map(ApplyOutcome::key).sorted().toList(),
        "one outcome for each action");
    return outcomes;
  }

  void inSession(Plan plan, Consumer<ApplySession> work) {
    assertTrue(plan.holds().isEmpty(), () -> "held: " + plan.holds());
    Target target = fixture.target();
    try (TargetLock.Held held = target.lock().acquire(Calls.UNBOUNDED)) {
      ApplyRequest request =
          new ApplyRequest(plan, desired(), target.inventory().read(Calls.UNBOUNDED));
      try (ApplySession session = target.applier().open(request, Calls.UNBOUNDED)) {
        work.accept(session);
      }
    }
  }

  ApplyOutcome outcome(List<ApplyOutcome> outcomes, String name) {
    return outcomes.stream()
        .filter(outcome -> outcome.key().equals(fixture.key(name)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no outcome for " + name + " in " + outcomes));
  }
}
