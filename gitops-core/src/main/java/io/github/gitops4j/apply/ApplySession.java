package io.github.gitops4j.apply;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.resource.ResourceKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Applies the waves of one plan, one after the other.
 *
 * <p>Confined to one reconcile call; the backend may use threads of an executor that it was given.
 *
 * @since 0.1.0
 */
public interface ApplySession extends AutoCloseable {
  /**
   * Applies the actions of one wave. The backend chooses order within the wave, batching and
   * parallelism; within one wave smaller {@code order} goes first where it matters.
   *
   * @param batch the actions; no {@link PlannedAction.Hold} among them
   * @param outcomes takes one outcome for each action, in any order, never concurrently
   */
  void apply(List<PlannedAction> batch, Consumer<ApplyOutcome> outcomes, CallContext call);

  /**
   * Returns a resource as a write of this session has left it, with its content, if the answer to
   * the write has told that; it need not be looked at for its health then. It is told once.
   *
   * @return nothing if it was not written, or if that would have to be found out
   */
  default Optional<LiveResource> left(ResourceKey key) {
    return Optional.empty();
  }

  /** Ends the session; whatever was staged and not used is removed. */
  @Override
  void close();
}
