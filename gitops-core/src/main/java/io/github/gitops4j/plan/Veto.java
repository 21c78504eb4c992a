package io.github.gitops4j.plan;

import java.util.Optional;

/**
 * One reason not to run an action. A veto turns an action into a hold; it never drops it.
 *
 * <p>A veto is pure: it looks at nothing but its arguments.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Veto {
  /** Returns the hold that replaces the action, or nothing if the action may run. */
  Optional<PlannedAction.Hold> check(PlannedAction action, PlanFacts facts);
}
