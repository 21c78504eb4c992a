package io.github.gitops4j.gate;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * What a gate says.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public sealed interface GateVerdict permits GateVerdict.Allow, GateVerdict.Deny, GateVerdict.Await {

  /** Returns the reason in words; empty text if there is nothing to say. */
  String reason();

  /** Returns {@code allow}, {@code deny} or {@code await}, as records, reports and metrics say. */
  default String word() {
    if (this instanceof Allow) {
      return "allow";
    }
    return this instanceof Deny ? "deny" : "await";
  }

  /**
   * The plan may run as far as this gate is concerned.
   *
   * @param reason why it was allowed although it could have been refused; mostly empty
   */
  record Allow(String reason) implements GateVerdict {
    /** Checks the parts. */
    public Allow {
      requireNonNull(reason, "reason");
    }
  }

  /**
   * The plan may not run.
   *
   * @param reason why, and what would change it
   */
  record Deny(String reason) implements GateVerdict {
    /** Checks the parts. */
    public Deny {
      requireNonNull(reason, "reason");
    }
  }

  /**
   * The plan may not run yet.
   *
   * @param reason what is waited for
   * @param until when to ask again, if time decides
   */
  record Await(String reason, Optional<Instant> until) implements GateVerdict {
    /** Checks the parts. */
    public Await {
      requireNonNull(reason, "reason");
      requireNonNull(until, "until");
    }
  }

  /** Returns the verdict that lets a plan pass without comment. */
  static GateVerdict allow() {
    return new Allow("");
  }
}
