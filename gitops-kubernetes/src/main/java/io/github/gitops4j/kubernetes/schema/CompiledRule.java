package io.github.gitops4j.kubernetes.schema;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What became of a rule.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public sealed interface CompiledRule {
  /**
   * It can be run.
   *
   * @param message what is said if it does not hold, if that is the same for all objects
   * @param program the rule
   * @since 0.1.0
   */
  record Ready(Optional<String> message, RuleProgram program) implements CompiledRule {
    /** Checks the parts. */
    public Ready {
      requireNonNull(message, "message");
      requireNonNull(program, "program");
    }
  }

  /**
   * It is about a change, and says nothing about a new object.
   *
   * @since 0.1.0
   */
  record OnChange() implements CompiledRule {}

  /**
   * It cannot be run.
   *
   * @param reason why, without any value of an object
   * @since 0.1.0
   */
  record NotUnderstood(String reason) implements CompiledRule {
    /** Checks the part. */
    public NotUnderstood {
      requireNonNull(reason, "reason");
    }
  }
}
