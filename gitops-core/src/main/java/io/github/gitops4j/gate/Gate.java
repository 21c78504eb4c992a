package io.github.gitops4j.gate;

import io.github.gitops4j.plan.Plan;

/**
 * One condition under which a plan may run. All gates of an application must allow it.
 *
 * <p>A gate that throws denies.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public interface Gate {
  /** Returns the name under which its decisions are recorded. */
  String name();

  /** Judges a plan that has something to write. */
  GateVerdict evaluate(Plan plan, GateFacts facts);
}
