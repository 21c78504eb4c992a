package io.github.gitops4j.reconcile;

import io.github.gitops4j.error.Failure;
import io.github.gitops4j.gate.Gate;
import io.github.gitops4j.gate.GateDecision;
import io.github.gitops4j.gate.GateFacts;
import io.github.gitops4j.gate.GateVerdict;
import io.github.gitops4j.gate.Standing;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.history.HistoryState;
import io.github.gitops4j.source.DesiredEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks every gate about a plan. */
final class Gating {
  private final Setup setup;

  Gating(Setup setup) {
    this.setup = setup;
  }

  List<GateDecision> ask(Decided decided, HistoryState history) {
    GateFacts facts =
        new GateFacts(
            setup.clock.instant(),
            decided.desired().provenance(),
            history.approvals(),
            standing(decided, history),
            decided.hooks().stream().map(DesiredEntry::key).collect(Collectors.toSet()),
            setup.others);
    List<GateDecision> decisions = new ArrayList<>();
    for (Gate gate : setup.gates) {
      GateDecision decision = new GateDecision(name(gate), verdict(gate, decided, facts));
      setup.tell(new ReconcileEvent.GateAsked(decision));
      decisions.add(decision);
    }
    return decisions;
  }

  /** Returns what the history keeps about a plan and what was decided about it. */
  static HistoryEvent.OperationContext context(
      Decided decided, List<GateDecision> decisions, HistoryState history) {
    return new HistoryEvent.OperationContext(
        decided.desired().provenance(),
        decided.plan().counts(),
        decisions,
        history.approvedBy(decided.plan().digest()));
  }

  private static Standing standing(Decided decided, HistoryState history) {
    return new Standing(
        decided.inventory().size(),
        history.awaits().map(awaits -> Set.copyOf(awaits.removals())).orElse(Set.of()),
        history
            .running()
            .filter(began -> began.contentId().equals(decided.desired().contentId()))
            .flatMap(began -> history.lastAppliedAt()));
  }

  private static GateVerdict verdict(Gate gate, Decided decided, GateFacts facts) {
    try {
      return given(gate.evaluate(decided.plan(), facts))
          .orElseGet(() -> new GateVerdict.Deny("the gate gave no answer"));
    } catch (RuntimeException e) {
      return new GateVerdict.Deny("the gate failed: " + Failure.from(e).message());
    }
  }

  private static String name(Gate gate) {
    try {
      return given(gate.name()).orElseGet(() -> gate.getClass().getName());
    } catch (RuntimeException e) {
      return gate.getClass().getName();
    }
  }

  /** What a user's gate gives may be nothing, whatever its signature says. */
  private static <T> Optional<T> given(@Nullable T value) {
    return Optional.ofNullable(value);
  }
}
