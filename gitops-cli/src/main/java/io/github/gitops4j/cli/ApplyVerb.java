package io.github.gitops4j.cli;

import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.PlanException;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.report.ReportItem;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Does it. */
@Command(name = "apply", description = "Makes the target equal to what is declared.")
final class ApplyVerb implements Callable<Integer> {
  private final Gitops options;

  @Option(
      names = "--plan",
      paramLabel = "FILE",
      description = "Does exactly what this saved plan says, or nothing if anything moved.")
  Optional<Path> plan = Optional.empty();

  @Option(names = "--wait", description = "Goes on until every wave is healthy.")
  boolean wait;

  ApplyVerb(Gitops options) {
    this.options = options;
  }

  @Override
  public Integer call() {
    if (plan.isPresent()) {
      Plan saved = SavedPlan.read(plan.get());
      return options
          .session()
          .one(
              options,
              (application, call) -> {
                checkTarget(saved, application);
                return answer(application, application.reconciler().apply(saved, call));
              });
    }
    return options
        .session()
        .each(
            options,
            (application, call) ->
                answer(
                    application,
                    wait
                        ? application.reconciler().reconcileAndWait(call)
                        : application.reconciler().reconcile(call)));
  }

  private void checkTarget(Plan saved, OpenApplication application) {
    String target = application.target().id();
    if (!saved.header().target().equals(target)) {
      throw new PlanException(
          FailureCategory.INVALID_INPUT,
          plan.orElseThrow() + ": it is a plan for " + saved.header().target() + ", not " + target);
    }
  }

  private static Answer answer(OpenApplication application, ReconcileReport report) {
    return new Answer(new ReportItem.OfPass(application.name(), report), Verdict.of(report));
  }
}
