package io.github.gitops4j.application;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.gate.Gate;
import io.github.gitops4j.plan.PlanPolicy;
import java.time.Duration;
import java.util.List;

/**
 * The policy part of an application file.
 *
 * <p>Immutable.
 *
 * @param interval how often the source is looked at; for the controller
 * @param plan what is to happen in each case
 * @param gates what has to allow a plan
 * @param failed what is done about a revision that failed; for the controller
 * @since 0.1.0
 */
public record ApplicationPolicy(
    Duration interval, PlanPolicy plan, List<Gate> gates, FailedRevisionPolicy failed) {
  /** Copies the list. */
  public ApplicationPolicy {
    requireNonNull(interval, "interval");
    requireNonNull(plan, "plan");
    gates = List.copyOf(gates);
    requireNonNull(failed, "failed");
  }
}
