package io.github.gitops4j.kubernetes.apply;

import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.apply.ApplyRequest;
import io.github.gitops4j.apply.Effect;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.error.ApplyException;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.inventory.Applied;
import io.github.gitops4j.inventory.InventoryRecord;
import io.github.gitops4j.kubernetes.apply.ObjectCalls.Force;
import io.github.gitops4j.kubernetes.diff.ApplyPayload;
import io.github.gitops4j.kubernetes.diff.IgnoredFields;
import io.github.gitops4j.kubernetes.internal.api.ApiAnswer;
import io.github.gitops4j.kubernetes.internal.api.ApiRequest;
import io.github.gitops4j.kubernetes.internal.api.ApiStatus;
import io.github.gitops4j.kubernetes.internal.fields.LiveObject;
import io.github.gitops4j.kubernetes.internal.fields.ServerObject;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.resource.Content;
import io.github.gitops4j.resource.ReplacePolicy;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.Value;
import java.util.Optional;
import java.util.stream.Collectors;

/** Creates, changes, replaces and adopts objects. Confined to one session. */
final class Writing {
  private static final int ATTEMPTS = 5;

  /** A controller that writes a status again and again is outrun. */
  private static final int VERSIONS = 10;

  private static final int NO_APPLY = 415;
  private static final int LARGEST = 3 << 19;

  private final ApplyRequest request;
  private final ObjectCalls calls;
  private final Fencing fencing;
  private final Removing removing;
  private final RetryPolicy retry;
  private final PlainWriting plain;

  Writing(
      ApplyRequest request,
      ObjectCalls calls,
      Fencing fencing,
      Removing removing,
      RetryPolicy retry) {
    this.request = request;
    this.calls = calls;
    this.fencing = fencing;
    this.removing = removing;
    this.retry = retry;
    this.plain = new PlainWriting(calls, fencing);
  }

  Prepared create(PlannedAction action, CallContext call) {
    ApplyPayload payload = payload(action.key(), call);
    ApiRequest apply = creation(action, payload, call);
    if (calls.isPlain(action.key(), call)) {
      return new Prepared.Settled(plain.created(action, payload, call));
    }
    return new Prepared.Sending(
        apply,
        (answer, during) ->
            answer.status() == NO_APPLY
                ? plain.created(action, payload, during)
                : created(action, payload, served(apply, answer, during), during));
  }

  Prepared update(PlannedAction action, CallContext call) {
    ApplyPayload declared = payload(action.key(), call);
    if (calls.isPlain(action.key(), call)) {
      return new Prepared.Settled(replacedPlainly(action, declared, call));
    }
    Found found = isOurs(action.key()) ? found(action, call) : taken(action, call);
    LiveResource live = found.resource();
    Force force = isOurs(action.key()) || !live.owner().isEmpty() ? Force.YES : Force.NO;
    ApplyPayload payload =
        found.object().map(from -> keeping(action, declared, from.tree())).orElse(declared);
    ApiRequest apply = change(action, payload, live.token(), force, call);
    return new Prepared.Sending(
        apply,
        (answer, during) ->
            answer.status() == NO_APPLY
                ? replacedPlainly(action, declared, during)
                : updated(action, declared, force, answer, during));
  }

  private ApplyOutcome replacedPlainly(
      PlannedAction action, ApplyPayload declared, CallContext call) {
    return plain.updated(
        action,
        declared,
        (payload, live) -> payload.copying(ignored(action, payload, live), live),
        call);
  }

  Prepared replace(PlannedAction action, CallContext call) {
    return new Prepared.Settled(replaced(action, call));
  }

  Prepared adopt(PlannedAction action, CallContext call) {
    LiveResource live = fencing.find(action, call);
    return new Prepared.Settled(written(action, Effect.ADOPTED, live));
  }

  /**
   * An object that an action was planned for.
   *
   * @param resource what the engine keeps of it
   * @param object the object itself, if some of it has to be kept
   */
  private record Found(LiveResource resource, Optional<ServerObject> object) {}

  private Found found(PlannedAction action, CallContext call) {
    if (!IgnoredFields.concern(request.ignoreRules(), action.key())) {
      return new Found(fencing.find(action, call), Optional.empty());
    }
    return found(action, fencing.read(action, call));
  }

  private Found found(PlannedAction action, ServerObject live) {
    return new Found(fencing.observed(action, live), Optional.of(live));
  }

  /** Waits a little for the endpoint of a kind that was defined just now. */
  private ApiAnswer served(ApiRequest apply, ApiAnswer first, CallContext call) {
    ApiAnswer answer = first;
    for (int attempt = 1; attempt < ATTEMPTS && isUnserved(answer); attempt++) {
      retry.pauseAfter(attempt, call);
      answer = calls.send(apply, call);
    }
    return answer;
  }

  private static boolean isUnserved(ApiAnswer answer) {
    return answer.status() == 404 && answer.refusal().reason().isEmpty();
  }

  private ApplyOutcome created(
      PlannedAction action, ApplyPayload payload, ApiAnswer answer, CallContext call) {
    ResourceKey key = action.key();
    if (!answer.isSuccess()) {
      throw new ApplyException(creationFailure(key, answer));
    }
    ServerObject live = ServerObject.read(answer.body());
    if (answer.status() == 200 && live.tree().isWrittenByOthers(calls.manager())) {
      // Somebody else made it meanwhile. Nothing of theirs was overwritten; what we added goes.
      calls.send(calls.apply(key, payload.version(), payload.emptyBody(), Force.NO, call), call);
      throw new ApplyException(
          FailureCategory.CONFLICT, key + ": creating failed: somebody else has made it meanwhile");
    }
    return written(action, Effect.CREATED, fencing.observed(action, live));
  }

  private static Failure creationFailure(ResourceKey key, ApiAnswer answer) {
    ApiStatus refusal = answer.refusal();
    if (refusal.isManagerConflict()) {
      return Failure.of(
          FailureCategory.CONFLICT,
          key + ": creating failed: somebody else has made it meanwhile, " + managers(refusal));
    }
    if (isUnserved(answer)) {
      return Failure.of(
          FailureCategory.UNAVAILABLE, key + ": creating failed: its kind is not served yet");
    }
    return answer.failure(key, "creating");
  }

  private ApplyOutcome updated(
      PlannedAction action, ApplyPayload declared, Force force, ApiAnswer given, CallContext call) {
    ResourceKey key = action.key();
    ApiAnswer answer = given;
    for (int attempt = 1;
        attempt < VERSIONS && !answer.isSuccess() && answer.refusal().isVersionConflict();
        attempt++) {
      // Something about it has changed that does not concern us, such as its status; or it has not.
      ServerObject live = fencing.read(action, call);
      ApplyPayload payload = keeping(action, declared, live.tree());
      answer = calls.send(change(action, payload, live.resourceVersion(), force, call), call);
    }
    if (answer.isSuccess()) {
      return updated(action, answer, call);
    }
    ApiStatus refusal = answer.refusal();
    if (answer.status() == 404 || refusal.isVersionConflict()) {
      throw Fencing.stale(key, "it was removed or changed meanwhile");
    }
    if (refusal.isManagerConflict()) {
      throw new ApplyException(
          FailureCategory.FIELD_CONFLICT, key + ": updating failed: " + managers(refusal));
    }
    Optional<String> immutable = ImmutableField.provenBy(refusal, action.changes());
    if (immutable.isEmpty()) {
      throw new ApplyException(answer.failure(key, "updating"));
    }
    if (!mayReplace(key)) {
      throw new ApplyException(
          FailureCategory.IMMUTABLE_FIELD,
          key + ": updating failed: " + immutable.get() + " cannot change after creation");
    }
    return replaced(action, call);
  }

  private ApplyOutcome updated(PlannedAction action, ApiAnswer answer, CallContext call) {
    ServerObject live = ServerObject.read(answer.body());
    if (answer.status() == 201) {
      // The version that we named keeps no apply from creating what is gone.
      removing.undo(action, live, call);
      throw Fencing.stale(action.key(), "it was removed meanwhile");
    }
    return written(action, Effect.UPDATED, fencing.observed(action, live));
  }

  private ApplyOutcome replaced(PlannedAction action, CallContext call) {
    ApplyPayload declared = payload(action.key(), call);
    ApplyPayload payload =
        found(action, call)
            .object()
            .map(ServerObject::tree)
            .map(live -> declared.copying(ignored(action, declared, live), live))
            .orElse(declared);
    // What the server refuses to create must not be deleted for it.
    ApiRequest create = creation(action, payload, call);
    removing.deleteNow(action, call);
    ApiAnswer answer = calls.send(create, call);
    if (!answer.isSuccess()) {
      throw new ApplyException(creationFailure(action.key(), answer));
    }
    ServerObject live = ServerObject.read(answer.body());
    return written(action, Effect.REPLACED, fencing.observed(action, live));
  }

  /** Reads an object that is not ours yet, and takes over what kubectl wrote of it. */
  private Found taken(PlannedAction action, CallContext call) {
    ServerObject live = fencing.read(action, call);
    Optional<Value> fields = KubectlFields.takenOver(live.tree(), calls.manager());
    if (fields.isEmpty()) {
      return found(action, live);
    }
    ApiAnswer answer =
        calls.send(
            ManagedFieldsPatch.of(
                calls.path(action.key(), call), live.resourceVersion(), fields.get()),
            call);
    if (!answer.isSuccess()) {
      throw new ApplyException(answer.failure(action.key(), "taking it over"));
    }
    return found(action, ServerObject.read(answer.body()));
  }

  private ApiRequest creation(PlannedAction action, ApplyPayload payload, CallContext call) {
    byte[] body = bounded(action.key(), payload.body());
    return calls.apply(action.key(), payload.version(), body, Force.NO, call);
  }

  private ApiRequest change(
      PlannedAction action, ApplyPayload payload, String version, Force force, CallContext call) {
    byte[] body = bounded(action.key(), payload.bodyAt(version));
    return calls.apply(action.key(), payload.version(), body, force, call);
  }

  private static byte[] bounded(ResourceKey key, byte[] body) {
    if (body.length > LARGEST) {
      throw new ApplyException(
          FailureCategory.LIMIT_EXCEEDED,
          key + ": applying failed: it has " + body.length + " bytes; a cluster stores " + LARGEST);
    }
    return body;
  }

  private ApplyPayload payload(ResourceKey key, CallContext call) {
    if (request.desired().load(key, call).content() instanceof Content.Structured structured) {
      return ApplyPayload.of(key, structured.document());
    }
    throw new ApplyException(FailureCategory.INVALID_INPUT, key + ": applying failed: no object");
  }

  /** What is ignored stays as it is: as it was when the version was read. */
  private ApplyPayload keeping(PlannedAction action, ApplyPayload declared, LiveObject live) {
    return declared.keeping(ignored(action, declared, live), live, calls.manager());
  }

  private IgnoredFields ignored(PlannedAction action, ApplyPayload declared, LiveObject live) {
    return IgnoredFields.of(request.ignoreRules(), action.key(), live, declared.document());
  }

  private boolean isOurs(ResourceKey key) {
    return request.inventory().get(key).flatMap(InventoryRecord::applied).isPresent();
  }

  private boolean mayReplace(ResourceKey key) {
    return request
        .desired()
        .get(key)
        .filter(entry -> entry.traits().replacePolicy() == ReplacePolicy.IF_IMMUTABLE)
        .isPresent();
  }

  private static String managers(ApiStatus refusal) {
    return refusal.causes().stream()
        .filter(cause -> cause.reason().equals(ApiStatus.MANAGER_CONFLICT))
        .map(cause -> cause.field() + ": " + cause.message())
        .collect(Collectors.joining("; "));
  }

  static ApplyOutcome written(PlannedAction action, Effect effect, LiveResource live) {
    Applied applied = new Applied(action.head().desired().orElseThrow(), live.digest(), live.uid());
    return ApplyOutcome.Written.of(action.key(), effect, applied);
  }
}
