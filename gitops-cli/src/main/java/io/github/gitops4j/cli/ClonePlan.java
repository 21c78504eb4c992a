package io.github.gitops4j.cli;

import io.github.gitops4j.application.ApplicationSpec;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.git.GitClone;
import io.github.gitops4j.git.JGitIsolation;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.reconcile.OfflineTarget;
import io.github.gitops4j.report.ReportItem;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.TreeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Plans from a clone on this machine: what a change does, or what is to be done at a revision. */
final class ClonePlan {
  private final CloneSources sources;
  private final Revision to;
  private int untouched;

  private ClonePlan(CloneSources sources, Revision to) {
    this.sources = sources;
    this.to = to;
  }

  /**
   * What is asked for.
   *
   * @param repository where the clone is
   * @param from the older revision; nothing is the target as it is
   * @param to the newer revision
   * @param mergeBase whether the older one is where both have parted
   */
  record Request(Path repository, Optional<String> from, String to, boolean mergeBase) {}

  /** Plans for all chosen applications, shows the plans, and returns the exit. */
  static int show(Request request, Gitops options) {
    try (GitClone clone = GitClone.open(request.repository(), JGitIsolation.install())) {
      Revision to = clone.resolve(request.to());
      Optional<Revision> from =
          request
              .from()
              .map(clone::resolve)
              .map(given -> request.mergeBase() ? clone.mergeBase(given, to) : given);
      CloneSources sources =
          from.isPresent() ? CloneSources.ofChange(clone, to) : CloneSources.at(clone, to);
      ClonePlan plan = new ClonePlan(sources, to);
      int exit =
          options
              .session()
              .declared(
                  options,
                  sources.backends(),
                  from.isPresent()
                      ? (spec, call) -> plan.preview(spec, from.get(), call)
                      : plan::live);
      plan.tell(options);
      return exit;
    }
  }

  private Optional<Answer> preview(ApplicationSpec spec, Revision from, CallContext call) {
    TreeSource source = spec.openSource();
    if (!sources.has(source)) {
      return Optional.empty();
    }
    OfflineTarget target = OpenApplication.offline(spec);
    Plan plan = spec.preview(source, target).between(from, to, call);
    if (plan.isEmpty() && plan.broken().isEmpty() && plan.warnings().isEmpty()) {
      untouched++;
      return Optional.empty();
    }
    return Optional.of(
        new Answer(new ReportItem.OfPreview(spec.name(), from, plan), Verdict.of(plan)).of(source));
  }

  private Optional<Answer> live(ApplicationSpec spec, CallContext call) throws IOException {
    if (!sources.has(spec.openSource())) {
      return Optional.empty();
    }
    return Session.opened(PlanVerb::plan).on(spec, call);
  }

  private void tell(Gitops options) {
    if (untouched > 0) {
      options
          .console()
          .err()
          .println("not touched by the change: " + CloneSources.counted(untouched));
    }
    sources.tellElsewhere(options.console());
  }
}
