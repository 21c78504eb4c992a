package io.github.gitops4j.cli;

import io.github.gitops4j.application.ApplicationSpec;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.report.ReportItem;
import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.source.BrokenInput;
import io.github.gitops4j.source.DesiredState;
import io.github.gitops4j.source.ResourceModel;
import io.github.gitops4j.source.TreeDesiredStateSource;
import io.github.gitops4j.source.TreeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Whether everything is understood. */
@Command(
    name = "validate",
    description = "Checks the application file and every declared file. Looks at no target.")
final class ValidateVerb implements Callable<Integer> {
  private final Gitops options;

  ValidateVerb(Gitops options) {
    this.options = options;
  }

  @Override
  public Integer call() {
    try {
      return options.session().declared(options, ValidateVerb::inputs);
    } catch (InvalidInputException e) {
      // With the other findings as values, a pipeline shows each at its line.
      List<BrokenInput> broken = new ArrayList<>();
      broken.add(broken(e));
      for (Throwable other : e.getSuppressed()) {
        if (other instanceof InvalidInputException more) {
          broken.add(broken(more));
        }
      }
      ReportItem item = new ReportItem.OfInputs("", 0, broken, List.of());
      return options.session().show(options, List.of(new Answer(item, Exit.ERROR)));
    }
  }

  private static BrokenInput broken(InvalidInputException finding) {
    return new BrokenInput(
        new Origin(finding.file(), 0, Math.max(0, finding.line())), finding.failure());
  }

  private static Optional<Answer> inputs(ApplicationSpec spec, CallContext call) {
    if (spec.offlineTarget().isPresent()) {
      return Optional.of(
          inputs(spec.name(), spec.openSource(), spec.offlineTarget().get().model(), call));
    }
    try (Target target = spec.openTarget()) {
      return Optional.of(inputs(spec.name(), spec.openSource(), target.model(), call));
    }
  }

  private static Answer inputs(
      String application, TreeSource files, ResourceModel model, CallContext call) {
    TreeDesiredStateSource source = TreeDesiredStateSource.of(files, model);
    DesiredState desired = source.fetch(source.latest(call), Optional.empty(), call);
    return new Answer(
            new ReportItem.OfInputs(
                application, desired.size(), desired.broken(), desired.warnings()),
            desired.broken().isEmpty() ? Exit.DONE : Exit.ERROR)
        .of(files);
  }
}
