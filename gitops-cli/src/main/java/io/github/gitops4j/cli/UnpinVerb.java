package io.github.gitops4j.cli;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.reconcile.Reconciler;
import picocli.CommandLine.Command;

/** Removes a pin. */
@Command(
    name = "unpin",
    description = "Lets the target follow its source again, from the next apply on.")
final class UnpinVerb extends RecordedVerb {
  UnpinVerb(Gitops options) {
    super(options);
  }

  @Override
  void record(Reconciler reconciler, CallContext call) {
    reconciler.unpin(by, call);
  }
}
