package io.github.gitops4j.kubernetes.schema;

import io.github.gitops4j.resource.Value;

/**
 * A rule that can be run. Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface RuleProgram {
  /**
   * Says whether the rule holds. What it costs is taken from the budget, and it gives up when there
   * is none left; it never waits and never throws for what is in the value.
   *
   * @param self what the rule is about, with the defaults of its schema, and of the form that the
   *     schema demands
   * @param budget what the rules of one object may cost
   */
  RuleVerdict judge(Value self, RuleBudget budget);
}
