package io.github.gitops4j.kubernetes.apply;

import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.kubernetes.internal.api.ApiAnswer;
import io.github.gitops4j.kubernetes.internal.api.ApiRequest;

/** What is to be done for one action. Immutable. */
sealed interface Prepared permits Prepared.Settled, Prepared.Sending {

  /** Nothing more. */
  record Settled(ApplyOutcome outcome) implements Prepared {}

  /** A request, and what its answer means. */
  record Sending(ApiRequest request, Settling settling) implements Prepared {}

  /** Makes the outcome of an answer; it may send more. */
  @FunctionalInterface
  interface Settling {
    ApplyOutcome settle(ApiAnswer answer, CallContext call);
  }
}
