package io.github.gitops4j.history;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.Hook;
import java.util.Optional;

/**
 * How the last run of a hook stands.
 *
 * <p>Immutable.
 *
 * @param operation the operation that ran it, or saw its end
 * @param run the run
 * @param end how it ended; empty if that has not been seen yet
 * @param reason why it ended so; empty text if there is nothing to say
 * @since 0.1.0
 */
public record HookState(String operation, HookRun run, Optional<Hook.End> end, String reason) {
  /** Checks the parts. */
  public HookState {
    requireNonNull(operation, "operation");
    requireNonNull(run, "run");
    requireNonNull(end, "end");
    requireNonNull(reason, "reason");
  }

  /** Says whether it ended so. */
  public boolean ended(Hook.End how) {
    return end.equals(Optional.of(how));
  }
}
