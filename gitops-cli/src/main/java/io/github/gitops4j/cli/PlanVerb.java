package io.github.gitops4j.cli;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.report.ReportItem;
import io.github.gitops4j.source.Revision;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What would be done. */
@Command(name = "plan", description = "Says what apply would do. Writes nothing to the target.")
final class PlanVerb implements Callable<Integer> {
  private final Gitops options;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Also saves the plan, for apply --plan. It holds no content.")
  Optional<Path> out = Optional.empty();

  @Option(
      names = "--revision",
      paramLabel = "ID",
      description = "Plans to this revision instead of the tracked one.")
  Optional<String> revision = Optional.empty();

  @Option(
      names = "--from",
      paramLabel = "REV",
      description =
          "Says what the change from this revision to that of --to does, and reaches no target.")
  Optional<String> from = Optional.empty();

  @Option(
      names = "--to",
      paramLabel = "REV",
      description = "The revision of the clone that is planned to (default: HEAD).")
  Optional<String> to = Optional.empty();

  @Option(
      names = "--merge-base",
      description = "The change begins where the revisions of --from and --to have parted.")
  boolean mergeBase;

  @Option(
      names = "--repository",
      paramLabel = "DIR",
      description =
          "The clone in which --from and --to are; with none of them its HEAD is planned to"
              + " (default: the one around the application file).")
  Optional<Path> repository = Optional.empty();

  PlanVerb(Gitops options) {
    this.options = options;
  }

  @Override
  public Integer call() {
    if (mergeBase && from.isEmpty()) {
      throw Problems.wrong("--merge-base", "expected --from beside it");
    }
    if (from.isPresent() || to.isPresent() || repository.isPresent()) {
      if (out.isPresent() || revision.isPresent()) {
        throw Problems.wrong("--from", "expected no --out and no --revision beside a clone");
      }
      return ClonePlan.show(
          new ClonePlan.Request(
              repository.orElseGet(() -> FileOperand.directory(options.file)),
              from,
              to.orElse("HEAD"),
              mergeBase),
          options);
    }
    return out.isPresent() || revision.isPresent()
        ? options.session().one(options, this::chosen)
        : options.session().each(options, PlanVerb::plan);
  }

  static Answer plan(OpenApplication application, CallContext call) {
    return answer(application, application.reconciler().plan(call));
  }

  private Answer chosen(OpenApplication application, CallContext call) {
    if (revision.filter(String::isBlank).isPresent()) {
      throw Problems.wrong("--revision", "expected the id of a revision");
    }
    Plan plan =
        revision.isPresent()
            ? application.reconciler().planAt(Revision.ofId(revision.get()), call)
            : application.reconciler().plan(call);
    if (out.isPresent()) {
      SavedPlan.write(out.get(), plan);
    }
    return answer(application, plan);
  }

  private static Answer answer(OpenApplication application, Plan plan) {
    return new Answer(new ReportItem.OfPlan(application.name(), plan), Verdict.of(plan));
  }
}
