package io.github.gitops4j.cli;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.reconcile.Reconciler;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** Records in the history of one application what somebody asks for, and shows the record. */
abstract class RecordedVerb implements Callable<Integer> {
  private final Gitops options;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      converter = SomeText.class,
      description = "Who asks for it, for the history (default: the user).")
  String by = System.getProperty("user.name", "unknown");

  RecordedVerb(Gitops options) {
    this.options = options;
  }

  abstract void record(Reconciler reconciler, CallContext call);

  @Override
  public Integer call() {
    return options
        .session()
        .one(
            options,
            (application, call) -> {
              record(application.reconciler(), call);
              return Answer.recorded(application, call);
            });
  }
}
