package io.github.gitops4j.cli;

import io.github.gitops4j.report.ReportItem;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What was done. */
@Command(name = "history", description = "Shows what was recorded, newest first.")
final class HistoryVerb implements Callable<Integer> {
  private final Gitops options;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "How many records (default: ${DEFAULT-VALUE}).")
  int limit = 20;

  HistoryVerb(Gitops options) {
    this.options = options;
  }

  @Override
  public Integer call() {
    return options
        .session()
        .each(
            options,
            (application, call) ->
                new Answer(
                    new ReportItem.OfHistory(
                        application.name(),
                        application.reconciler().history(Math.max(1, limit), call)),
                    Exit.DONE));
  }
}
