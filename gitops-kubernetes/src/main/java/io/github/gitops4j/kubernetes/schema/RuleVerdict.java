package io.github.gitops4j.kubernetes.schema;

import static java.util.Objects.requireNonNull;

/**
 * What a rule says about a value. Immutable.
 *
 * @since 0.1.0
 */
public sealed interface RuleVerdict {
  /**
   * It holds.
   *
   * @since 0.1.0
   */
  record Holds() implements RuleVerdict {}

  /**
   * It does not hold.
   *
   * @since 0.1.0
   */
  record Broken() implements RuleVerdict {}

  /**
   * It is neither true nor false of this value, for which the server refuses the object too.
   *
   * @param reason why, without any value of the object
   * @since 0.1.0
   */
  record Failed(String reason) implements RuleVerdict {
    /** Checks the part. */
    public Failed {
      requireNonNull(reason, "reason");
    }
  }

  /**
   * What it says is not known, and what a server says neither.
   *
   * @param reason why, without any value of the object
   * @since 0.1.0
   */
  record GivenUp(String reason) implements RuleVerdict {
    /** Checks the part. */
    public GivenUp {
      requireNonNull(reason, "reason");
    }
  }
}
