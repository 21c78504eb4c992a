package io.github.gitops4j.reconcile;

import io.github.gitops4j.error.Failure;
import io.github.gitops4j.gate.Gate;
import io.github.gitops4j.gate.GateDecision;
import io.github.gitops4j.gate.GateFacts;
import io.github.gitops4j.gate.GateVerdict;
import io.github.gitops4j.history.HistoryState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

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
            decided.inventory().size(),
            history.awaits().map(awaits -> Set.copyOf(awaits.removals())).orElse(Set.of()));
    List<GateDecision> decisions = new ArrayList<>();
    for (Gate gate : setup.gates) {
      GateDecision decision = new GateDecision(gate.name(), verdict(gate, decided, facts));
      setup.tell(new ReconcileEvent.GateAsked(decision));
      decisions.add(decision);
    }
    return decisions;
  }

  private static GateVerdict verdict(Gate gate, Decided decided, GateFacts facts) {
    try {
      return gate.evaluate(decided.plan(), facts);
    } catch (RuntimeException e) {
      return new GateVerdict.Deny("the gate failed: " + Failure.from(e).message());
    }
  }
}
