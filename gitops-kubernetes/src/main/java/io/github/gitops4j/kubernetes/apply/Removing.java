package io.github.gitops4j.kubernetes.apply;

import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.apply.Effect;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.ApplyException;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.kubernetes.internal.api.ApiAnswer;
import io.github.gitops4j.kubernetes.internal.api.ApiRequest;
import io.github.gitops4j.kubernetes.internal.fields.LiveObject;
import io.github.gitops4j.kubernetes.internal.fields.ServerObject;
import io.github.gitops4j.kubernetes.manifest.KeepAnnotations;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.plan.Precondition;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.util.Optional;

/** Deletes objects, and gives them up. Confined to one session. */
final class Removing {
  private static final int ATTEMPTS = 5;

  private final ObjectCalls calls;
  private final Fencing fencing;
  private final DeletePropagation propagation;

  Removing(ObjectCalls calls, Fencing fencing, DeletePropagation propagation) {
    this.calls = calls;
    this.fencing = fencing;
    this.propagation = propagation;
  }

  Prepared prune(PlannedAction action, CallContext call) {
    Optional<LiveResource> seen = fencing.seen(action);
    if (seen.isPresent()) {
      return deleting(action, seen.get(), call);
    }
    Optional<ServerObject> object = readToRemove(action, call);
    if (object.isEmpty()) {
      return new Prepared.Settled(pruned(action));
    }
    return object.get().isTerminating()
        ? new Prepared.Settled(removing(action, object.get()))
        : deleting(action, fencing.observed(action, object.get()), call);
  }

  private Prepared deleting(PlannedAction action, LiveResource live, CallContext call) {
    return new Prepared.Sending(
        deletion(action, live, call), (answer, during) -> pruned(action, answer, during));
  }

  private ApplyOutcome pruned(PlannedAction action, ApiAnswer answer, CallContext call) {
    return delete(action, answer, call)
        .<ApplyOutcome>map(left -> removing(action, left))
        .orElseGet(() -> pruned(action));
  }

  private static ApplyOutcome pruned(PlannedAction action) {
    return new ApplyOutcome.Removed(action.key(), Effect.PRUNED, "");
  }

  private static ApplyOutcome removing(PlannedAction action, ServerObject left) {
    return new ApplyOutcome.Removing(action.key(), StillThere.why(left.tree()));
  }

  /**
   * Deletes an object for good.
   *
   * @throws ApplyException if it is still there
   */
  void deleteNow(PlannedAction action, CallContext call) {
    LiveResource live = fencing.find(action, call);
    Optional<ServerObject> left =
        delete(action, calls.send(deletion(action, live, call), call), call);
    if (left.isPresent()) {
      throw new ApplyException(
          FailureCategory.UNAVAILABLE,
          action.key()
              + ": deleting failed: it was asked to go and is still there: "
              + StillThere.why(left.get().tree()));
    }
  }

  /**
   * Deletes what an apply has created although it was meant to change something.
   *
   * @throws ApplyException if that is not possible, so that it is there although nobody planned it
   */
  void undo(PlannedAction action, ServerObject created, CallContext call) {
    ApiAnswer answer = calls.send(deletion(action, fencing.observed(action, created), call), call);
    if (!answer.isSuccess() && answer.status() != 404) {
      throw new ApplyException(
          answer.failure(action.key(), "it was removed meanwhile; deleting what the update made"));
    }
  }

  /** Sends it again while the object moves; returns the object if it is still there. */
  private Optional<ServerObject> delete(PlannedAction action, ApiAnswer first, CallContext call) {
    ApiAnswer answer = first;
    for (int attempt = 1; answer.status() == 409 && attempt < ATTEMPTS; attempt++) {
      Optional<ServerObject> now = readToRemove(action, call);
      if (now.isEmpty() || now.get().isTerminating()) {
        return now;
      }
      answer = calls.send(deletion(action, fencing.observed(action, now.get()), call), call);
    }
    if (answer.status() == 404) {
      fencing.gone(action);
      return Optional.empty();
    }
    if (answer.status() == 409) {
      throw Fencing.stale(action.key(), "it is changed again and again");
    }
    if (!answer.isSuccess()) {
      throw new ApplyException(answer.failure(action.key(), "deleting"));
    }
    ServerObject left = ServerObject.read(answer.body());
    if (left.isTerminating()) {
      return Optional.of(left);
    }
    fencing.gone(action);
    return Optional.empty();
  }

  /** An annotation that keeps it may have come after the plan, and is no part of its digest. */
  private Optional<ServerObject> readToRemove(PlannedAction action, CallContext call) {
    Optional<ServerObject> read = fencing.readToRemove(action, call);
    if (action instanceof PlannedAction.Prune && read.isPresent() && !read.get().isTerminating()) {
      Optional<String> kept = KeepAnnotations.of(read.get().tree()::annotation);
      if (kept.isPresent()) {
        throw Fencing.stale(action.key(), "by now it is kept by its annotation " + kept.get());
      }
    }
    return read;
  }

  private ApiRequest deletion(PlannedAction action, LiveResource live, CallContext call) {
    Mapping preconditions =
        Mapping.builder()
            .put("uid", Text.of(live.uid()))
            .put("resourceVersion", Text.of(live.token()))
            .build();
    return ApiRequest.delete(calls.path(action.key(), call), preconditions, propagation.word());
  }

  /** Takes our entry out of the managed fields, so that the object bears our mark no longer. */
  ApplyOutcome release(PlannedAction action, CallContext call) {
    if (action.head().precondition() instanceof Precondition.MustBeAbsent) {
      return new ApplyOutcome.Removed(action.key(), Effect.RELEASED, "");
    }
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      LiveObject live = fencing.read(action, call).tree();
      if (!live.isAppliedBy(calls.manager())) {
        return new ApplyOutcome.Removed(action.key(), Effect.RELEASED, "");
      }
      ApiAnswer answer = calls.send(unmark(action.key(), live, call), call);
      if (answer.isSuccess()) {
        return new ApplyOutcome.Removed(action.key(), Effect.RELEASED, "");
      }
      if (!answer.refusal().isVersionConflict()) {
        throw new ApplyException(answer.failure(action.key(), "releasing"));
      }
    }
    throw Fencing.stale(action.key(), "it is changed again and again");
  }

  private ApiRequest unmark(ResourceKey key, LiveObject live, CallContext call) {
    Sequence.Builder others = Sequence.builder();
    int kept = 0;
    for (Mapping entry : live.managers()) {
      if (!LiveObject.isApplyOf(entry, calls.manager())) {
        others.add(entry);
        kept++;
      }
    }
    // An empty list would make the server note everything as written by "before-first-apply";
    // a list with one empty entry clears it.
    Value left = kept == 0 ? Sequence.of(Mapping.empty()) : others.build();
    return ManagedFieldsPatch.of(calls.path(key, call), live.resourceVersion(), left);
  }
}
