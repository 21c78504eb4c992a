package io.github.gitops4j.kubernetes.apply;

import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.apply.Effect;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.ApplyException;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.kubernetes.diff.ApplyPayload;
import io.github.gitops4j.kubernetes.internal.api.ApiAnswer;
import io.github.gitops4j.kubernetes.internal.fields.LiveObject;
import io.github.gitops4j.kubernetes.internal.fields.ServerObject;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.resource.ResourceKey;
import java.util.function.BiFunction;

/**
 * Creates and replaces objects of kinds whose server knows no apply. What only live has is written
 * as it is, and nothing is written over a version that nobody has looked at. Confined to one
 * session.
 */
final class PlainWriting {
  private static final int ATTEMPTS = 5;

  private final ObjectCalls calls;
  private final Fencing fencing;

  PlainWriting(ObjectCalls calls, Fencing fencing) {
    this.calls = calls;
    this.fencing = fencing;
  }

  ApplyOutcome created(PlannedAction action, ApplyPayload payload, CallContext call) {
    ResourceKey key = action.key();
    ApiAnswer answer = calls.send(calls.create(key, payload.version(), payload.body(), call), call);
    if (answer.status() == 409) {
      throw new ApplyException(
          FailureCategory.CONFLICT, key + ": creating failed: somebody else has made it meanwhile");
    }
    if (!answer.isSuccess()) {
      throw new ApplyException(answer.failure(key, "creating"));
    }
    return written(action, Effect.CREATED, answer);
  }

  /**
   * Replaces an object.
   *
   * @param keeping gives, for the declared and the live object, what is declared with what is
   *     ignored as it is live
   */
  ApplyOutcome updated(
      PlannedAction action,
      ApplyPayload declared,
      BiFunction<ApplyPayload, LiveObject, ApplyPayload> keeping,
      CallContext call) {
    ResourceKey key = action.key();
    for (int attempt = 1; ; attempt++) {
      LiveObject live = fencing.read(action, call).tree();
      byte[] body = keeping.apply(declared, live).over(live).canonicalJson();
      ApiAnswer answer = calls.send(calls.replace(key, declared.version(), body, call), call);
      if (answer.isSuccess()) {
        return written(action, Effect.UPDATED, answer);
      }
      if (attempt == ATTEMPTS || answer.status() != 409) {
        throw new ApplyException(answer.failure(key, "updating"));
      }
    }
  }

  private ApplyOutcome written(PlannedAction action, Effect effect, ApiAnswer answer) {
    ServerObject live = ServerObject.read(answer.body());
    return Writing.written(action, effect, fencing.observed(action, live));
  }
}
