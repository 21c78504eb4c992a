package io.github.gitops4j.gate;

import static java.util.Objects.requireNonNull;

/**
 * What one gate decided, for report and history.
 *
 * <p>Immutable.
 *
 * @param gate the gate's name
 * @param verdict what it said
 * @since 0.1.0
 */
public record GateDecision(String gate, GateVerdict verdict) {
  /** Checks the parts. */
  public GateDecision {
    requireNonNull(gate, "gate");
    requireNonNull(verdict, "verdict");
  }

  /** Says whether the plan may run as far as this gate is concerned. */
  public boolean allows() {
    return verdict instanceof GateVerdict.Allow;
  }
}
