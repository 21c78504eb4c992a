package io.github.gitops4j.gate;

import io.github.gitops4j.plan.Plan;

/**
 * Refuses a plan made from inputs of which some could not be understood.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class InputsUnderstood implements Gate {
  /** Creates the gate. */
  public InputsUnderstood() {}

  @Override
  public String name() {
    return "inputs-understood";
  }

  @Override
  public GateVerdict evaluate(Plan plan, GateFacts facts) {
    if (plan.broken().isEmpty()) {
      return GateVerdict.allow();
    }
    return new GateVerdict.Deny(
        plan.broken().size()
            + " inputs cannot be understood, first: "
            + plan.broken().get(0).failure().message());
  }
}
