package io.github.gitops4j.cli;

import io.github.gitops4j.report.ReportItem;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lets failed hooks run again. */
@Command(
    name = "retry-hooks",
    description = "Lets hooks that have failed run once more, from the next apply on.")
final class RetryHooksVerb implements Callable<Integer> {
  private final Gitops options;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "Who asks for it, for the history (default: the user).")
  String by = System.getProperty("user.name", "unknown");

  RetryHooksVerb(Gitops options) {
    this.options = options;
  }

  @Override
  public Integer call() {
    return options
        .session()
        .one(
            options,
            (application, call) -> {
              application.reconciler().retryHooks(by, call);
              return new Answer(
                  new ReportItem.OfHistory(
                      application.name(), application.reconciler().history(1, call)),
                  Exit.DONE);
            });
  }
}
