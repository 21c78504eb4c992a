package io.github.gitops4j.cli;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.report.ReportItem;
import io.github.gitops4j.source.Revision;
import java.io.IOException;
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

  PlanVerb(Gitops options) {
    this.options = options;
  }

  @Override
  public Integer call() {
    return out.isPresent() || revision.isPresent()
        ? options.session().one(options, this::plan)
        : options.session().each(options, this::plan);
  }

  private Answer plan(OpenApplication application, CallContext call) throws IOException {
    Plan plan =
        revision.isPresent()
            ? application.reconciler().planAt(Revision.ofId(revision.get()), call)
            : application.reconciler().plan(call);
    if (out.isPresent()) {
      SavedPlan.write(out.get(), plan);
    }
    return new Answer(new ReportItem.OfPlan(application.name(), plan), Verdict.of(plan));
  }
}
