package io.github.gitops4j.cli;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.history.HistoryAudit;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.report.ReportItem;
import io.github.gitops4j.resource.ContentDigest;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What was done, and whether the records of it are as they were written. */
@Command(name = "history", description = "Shows what was recorded, newest first.")
final class HistoryVerb implements Callable<Integer> {
  private final Gitops options;

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = PositiveNumber.class,
      description = "How many records (default: ${DEFAULT-VALUE}).")
  int limit = 20;

  @Option(
      names = "--verify",
      description = "Look at every record, and say where the first is that is not as written.")
  boolean verify;

  @Option(
      names = "--expect",
      paramLabel = "DIGEST",
      description = "Verify, and require the record that an earlier --verify has named.")
  @Nullable String expected;

  HistoryVerb(Gitops options) {
    this.options = options;
  }

  @Override
  public Integer call() {
    Optional<ContentDigest> known = Optional.ofNullable(expected).map(HistoryVerb::digest);
    return options
        .session()
        .each(
            options,
            (application, call) ->
                verify || known.isPresent()
                    ? audit(application, known, call)
                    : new Answer(
                        new ReportItem.OfHistory(
                            application.name(), application.reconciler().history(limit, call)),
                        Exit.DONE));
  }

  private static Answer audit(
      OpenApplication application, Optional<ContentDigest> known, CallContext call) {
    Reconciler reconciler = application.reconciler();
    HistoryAudit audit =
        known.isPresent() ? reconciler.audit(known.get(), call) : reconciler.audit(call);
    return new Answer(new ReportItem.OfAudit(application.name(), audit), Verdict.of(audit));
  }

  private static ContentDigest digest(String text) {
    try {
      return ContentDigest.parse(text);
    } catch (IllegalArgumentException e) {
      throw Problems.wrong("--expect", "expected the 64 digits that history --verify shows");
    }
  }
}
