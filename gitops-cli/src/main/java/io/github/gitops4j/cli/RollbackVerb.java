package io.github.gitops4j.cli;

import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.history.HistoryRecord;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.report.ReportItem;
import io.github.gitops4j.source.Revision;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Goes back. */
@Command(
    name = "rollback",
    description = "Goes back to a revision and stays there until the source moves on.")
final class RollbackVerb implements Callable<Integer> {
  private final Gitops options;

  private static final int SEARCHED = 1000;

  @Parameters(
      arity = "0..1",
      paramLabel = "REVISION",
      description = "The revision; one of the history may be cut short.")
  String revision = "";

  @Option(
      names = "--to",
      paramLabel = "N",
      description = "Instead of a revision: the number of a record that history shows.")
  Optional<Long> record = Optional.empty();

  @Option(
      names = "--by",
      paramLabel = "NAME",
      converter = SomeText.class,
      description = "Who asks for it, for the history (default: the user).")
  String by = System.getProperty("user.name", "unknown");

  RollbackVerb(Gitops options) {
    this.options = options;
  }

  @Override
  public Integer call() {
    if (revision.isEmpty() == record.isEmpty()) {
      throw new InvalidInputException("rollback", 0, 0, "expected a revision or --to");
    }
    return options
        .session()
        .one(
            options,
            (application, call) -> {
              List<HistoryRecord> records = application.reconciler().history(SEARCHED, call);
              Revision to = record.isPresent() ? numbered(records) : named(records);
              ReconcileReport report = application.reconciler().rollback(to, by, call);
              return new Answer(
                  new ReportItem.OfPass(application.name(), report), Verdict.of(report));
            });
  }

  private Revision numbered(List<HistoryRecord> records) {
    return records.stream()
        .filter(entry -> entry.sequence() == record.orElseThrow())
        .flatMap(entry -> applied(entry).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    FailureCategory.NOT_FOUND,
                    "--to",
                    0,
                    0,
                    "record " + record.orElseThrow() + " of the history applied no revision"));
  }

  private Revision named(List<HistoryRecord> records) {
    return records.stream()
        .flatMap(entry -> applied(entry).stream())
        .filter(applied -> applied.id().startsWith(revision))
        .findFirst()
        .orElseGet(() -> Revision.ofId(revision));
  }

  private static Optional<Revision> applied(HistoryRecord entry) {
    if (entry.event() instanceof HistoryEvent.OperationBegan began) {
      return Optional.of(began.revision());
    } else if (entry.event() instanceof HistoryEvent.OperationEnded ended) {
      return Optional.of(ended.revision());
    }
    return Optional.empty();
  }
}
