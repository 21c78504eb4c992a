package io.github.gitops4j.cli;

import io.github.gitops4j.reconcile.TargetStatus;
import io.github.gitops4j.report.ReportItem;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** How things stand. */
@Command(name = "status", description = "Says how the target stands. Writes nothing.")
final class StatusVerb implements Callable<Integer> {
  private final Gitops options;

  StatusVerb(Gitops options) {
    this.options = options;
  }

  @Override
  public Integer call() {
    return options
        .session()
        .each(
            options,
            (application, call) -> {
              TargetStatus status = application.reconciler().status(call);
              return new Answer(
                  new ReportItem.OfStatus(application.name(), status), Verdict.of(status));
            });
  }
}
