package io.github.gitops4j.gate;

import io.github.gitops4j.plan.Plan;
import java.util.Optional;

/**
 * Holds every plan until somebody approved its digest.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class ApprovalRequired implements Gate {
  /** Creates the gate. */
  public ApprovalRequired() {}

  @Override
  public String name() {
    return "approval";
  }

  @Override
  public GateVerdict evaluate(Plan plan, GateFacts facts) {
    if (facts.isApproved(plan)) {
      return new GateVerdict.Allow("approved by digest");
    }
    return new GateVerdict.Await(
        "plan " + plan.digest().hex() + " is not approved", Optional.empty());
  }
}
