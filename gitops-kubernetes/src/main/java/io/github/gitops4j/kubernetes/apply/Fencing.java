package io.github.gitops4j.kubernetes.apply;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.ApplyException;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.kubernetes.internal.fields.ServerObject;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.plan.Precondition;
import io.github.gitops4j.resource.ResourceKey;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Finds the version of an object for which an action was planned. Thread-safe. */
final class Fencing {
  private final ObjectCalls calls;
  private final KnownObjects known;
  private final Map<ResourceKey, LiveResource> read = new ConcurrentHashMap<>();

  Fencing(ObjectCalls calls, KnownObjects known) {
    this.calls = calls;
    this.known = known;
  }

  /**
   * Returns the object as it is known, perhaps without its content, if that is what the action was
   * planned for; else reads it.
   *
   * @throws ApplyException with {@link FailureCategory#STALE} if it is another one by now
   */
  LiveResource find(PlannedAction action, CallContext call) {
    Optional<LiveResource> seen = seen(action);
    return seen.isPresent() ? seen.get() : observed(action, read(action, call));
  }

  /**
   * Returns the object as it is known, if that is what the action was planned for. It is none that
   * was asked to go.
   */
  Optional<LiveResource> seen(PlannedAction action) {
    return known.find(action.key()).filter(live -> holds(action, live));
  }

  /**
   * Reads an object that is to go. One that is on its way out is no other one, however it has
   * changed on that way; one that is gone is nothing.
   *
   * @throws ApplyException with {@link FailureCategory#STALE} if it is another one by now
   */
  Optional<ServerObject> readToRemove(PlannedAction action, CallContext call) {
    Optional<ServerObject> read = calls.read(action.key(), call);
    if (read.isEmpty()) {
      gone(action);
      return read;
    }
    LiveResource live = observed(action, read.get());
    boolean leaving =
        read.get().isTerminating()
            && action.head().precondition() instanceof Precondition.MustEqual equal
            && equal.uid().equals(live.uid());
    if (!leaving && !holds(action, live)) {
      throw stale(action.key(), "it was changed meanwhile");
    }
    return read;
  }

  /**
   * Reads the object.
   *
   * @throws ApplyException with {@link FailureCategory#STALE} if it is not what was planned for
   */
  ServerObject read(PlannedAction action, CallContext call) {
    ResourceKey key = action.key();
    ServerObject live =
        calls.read(key, call).orElseThrow(() -> stale(key, "it is gone, or its namespace is"));
    if (!holds(action, observed(action, live))) {
      throw stale(key, "it was changed meanwhile");
    }
    return live;
  }

  LiveResource observed(PlannedAction action, ServerObject live) {
    LiveResource seen = live.observed(action.key(), calls.manager());
    known.note(seen, live.isTerminating());
    read.put(action.key(), seen);
    return seen;
  }

  /** Takes out the object as the last answer told it, if there was one in this session. */
  Optional<LiveResource> take(ResourceKey key) {
    return Optional.ofNullable(read.remove(key));
  }

  /** Takes note that the object of an action is gone. */
  void gone(PlannedAction action) {
    read.remove(action.key());
    known.gone(action.key());
  }

  static ApplyException stale(ResourceKey key, String why) {
    return new ApplyException(FailureCategory.STALE, key + ": applying failed: " + why);
  }

  private static boolean holds(PlannedAction action, LiveResource live) {
    return action.head().precondition() instanceof Precondition.MustEqual equal
        && equal.uid().equals(live.uid())
        && equal.digest().equals(live.digest());
  }
}
