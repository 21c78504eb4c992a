package io.github.gitops4j.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.error.Failure;
import io.github.gitops4j.gate.GateDecision;
import io.github.gitops4j.resource.ResourceKey;
import java.time.Instant;
import java.util.List;

/**
 * How a pass ended.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public sealed interface PassResult
    permits PassResult.Done, PassResult.Awaiting, PassResult.Refused, PassResult.Failed {

  /**
   * Everything that may run ran, and what was waited for is healthy; some actions may have failed.
   */
  record Done() implements PassResult {}

  /**
   * A wave was applied, and what comes next waits for its health, or for what it removes to be
   * gone; why is in the report.
   *
   * @param wave the wave, in words
   * @param keys what is not healthy yet or still there
   * @param deadline until when it may take
   */
  record Awaiting(String wave, List<ResourceKey> keys, Instant deadline) implements PassResult {
    /** Copies the list. */
    public Awaiting {
      requireNonNull(wave, "wave");
      keys = List.copyOf(keys);
      requireNonNull(deadline, "deadline");
    }
  }

  /**
   * The plan may not run, or not yet; nothing was written.
   *
   * @param decisions what the gates said; at least one does not allow it
   */
  record Refused(List<GateDecision> decisions) implements PassResult {
    /** Copies the list. */
    public Refused {
      decisions = List.copyOf(decisions);
    }
  }

  /**
   * The pass could not go on. What it had written is in the report and in the inventory.
   *
   * @param stage where it ended, in lower case
   * @param failure why
   */
  record Failed(String stage, Failure failure) implements PassResult {
    /** Checks the parts. */
    public Failed {
      requireNonNull(stage, "stage");
      requireNonNull(failure, "failure");
    }
  }
}
