package io.github.gitops4j.plan;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.resource.ResourceKey;
import java.util.List;
import java.util.Map;

/**
 * A target's look at what a plan would remove, for reasons against it that only the live system
 * knows: that somebody has put a mark on it, or that it holds what others own.
 *
 * <p>It is asked at each planning that would remove something, before a {@link Veto} could know.
 * What it cannot find out of a resource is a reason too: it is never taken for none.
 *
 * <p>Thread-safe. It writes nothing.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface RemovalGuard {
  /**
   * Returns why resources must stay, in words, for those that must.
   *
   * @param removals everything that would be removed, together, as this planning has observed it
   * @throws io.github.gitops4j.error.GitOpsException if nothing can be said of any
   */
  Map<ResourceKey, String> objections(List<LiveResource> removals, CallContext call);

  /** Returns the guard that never objects. */
  static RemovalGuard none() {
    return (removals, call) -> Map.of();
  }
}
