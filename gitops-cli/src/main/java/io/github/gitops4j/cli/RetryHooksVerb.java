package io.github.gitops4j.cli;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.reconcile.Reconciler;
import picocli.CommandLine.Command;

/** Lets failed hooks run again. */
@Command(
    name = "retry-hooks",
    description = "Lets hooks that have failed run once more, from the next apply on.")
final class RetryHooksVerb extends RecordedVerb {
  RetryHooksVerb(Gitops options) {
    super(options);
  }

  @Override
  void record(Reconciler reconciler, CallContext call) {
    reconciler.retryHooks(by, call);
  }
}
