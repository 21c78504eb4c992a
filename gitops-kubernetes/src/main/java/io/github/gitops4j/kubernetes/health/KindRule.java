package io.github.gitops4j.kubernetes.health;

import io.github.gitops4j.health.HealthInput;
import io.github.gitops4j.health.HealthReport;

/**
 * Our rule for a kind. It is asked only about an object that is not being deleted and whose status
 * is of its latest generation, or says of none.
 */
@FunctionalInterface
interface KindRule {
  HealthReport judge(LiveView live, HealthInput input);
}
