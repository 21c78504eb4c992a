package io.github.gitops4j.forge.publish;

import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.control.ApplicationStatus;
import io.github.gitops4j.control.Condition;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.gate.GateDecision;
import io.github.gitops4j.gate.GateVerdict;
import io.github.gitops4j.health.Health;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.source.Revision;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How an application stands at a revision, in the words that hosts know.
 *
 * @param revision what it is said of
 * @param state how it stands
 * @param words why
 */
record Standing(Revision revision, PublishState state, String words) {
  private static final List<Condition.Type> WAITS =
      List.of(
          Condition.Type.DEPENDENCY_CYCLE,
          Condition.Type.DEPENDENCY_MISSING,
          Condition.Type.DEPENDENCY_NOT_READY);

  /** Somebody else speaks for these, or nobody is to. */
  private static final Set<Condition.Type> SILENT =
      Set.of(Condition.Type.ELSEWHERE, Condition.Type.SUSPENDED, Condition.Type.REMOVING);

  /** Returns how it stands after a turn; nothing if there is nothing to say of a commit. */
  static Optional<Standing> of(ApplicationStatus status) {
    if (status.conditions().stream().anyMatch(each -> SILENT.contains(each.type()))) {
      return Optional.empty();
    }
    for (Condition condition : status.conditions()) {
      if (WAITS.contains(condition.type())) {
        return status
            .head()
            .filter(CommitId::is)
            .map(head -> new Standing(head, PublishState.PENDING, condition.message()));
      }
    }
    return status
        .lastReport()
        .filter(report -> !wasBrokenOff(report))
        .flatMap(report -> of(status, report));
  }

  /** A process that is stopped in the middle of a pass has found out nothing against a commit. */
  private static boolean wasBrokenOff(ReconcileReport report) {
    List<ApplyOutcome.Failed> failures = report.failures();
    return report.result() instanceof PassResult.Failed failed
        ? failed.failure().category() == FailureCategory.CANCELLED
        : !failures.isEmpty()
            && failures.stream()
                .allMatch(each -> each.failure().category() == FailureCategory.CANCELLED);
  }

  private static Optional<Standing> of(ApplicationStatus status, ReconcileReport report) {
    return report
        .plan()
        .map(plan -> plan.revision())
        .or(status::head)
        .filter(CommitId::is)
        .map(revision -> of(revision, status, report));
  }

  private static Standing of(Revision revision, ApplicationStatus status, ReconcileReport report) {
    PassResult result = report.result();
    if (result instanceof PassResult.Failed failed) {
      return new Standing(
          revision,
          failed.failure().category() == FailureCategory.INVALID_INPUT
              ? PublishState.FAILED
              : PublishState.ERROR,
          failed.stage() + " failed: " + failed.failure().message());
    } else if (result instanceof PassResult.Refused refused) {
      return refused(revision, refused.decisions());
    } else if (result instanceof PassResult.Awaiting awaiting) {
      String words = awaiting.wave() + " waits for " + awaiting.keys().size();
      return new Standing(revision, PublishState.RUNNING, words);
    } else if (result instanceof PassResult.Done) {
      return done(revision, status, report);
    }
    throw new AssertionError(result.getClass());
  }

  private static Standing refused(Revision revision, List<GateDecision> decisions) {
    boolean isDenied = decisions.stream().anyMatch(d -> d.verdict() instanceof GateVerdict.Deny);
    String words =
        decisions.stream()
            .filter(decision -> !decision.allows())
            .map(decision -> decision.gate() + ": " + decision.verdict().reason())
            .collect(Collectors.joining("; "));
    return new Standing(revision, isDenied ? PublishState.REFUSED : PublishState.WAITING, words);
  }

  private static Standing done(
      Revision revision, ApplicationStatus status, ReconcileReport report) {
    int failed = report.failures().size();
    int broken = report.plan().map(plan -> plan.broken().size()).orElse(0);
    int held = report.plan().map(plan -> plan.holds().size()).orElse(0);
    if (failed + broken > 0) {
      String words = failed > 0 ? failed + " failed" : broken + " could not be read";
      return new Standing(revision, PublishState.FAILED, words);
    } else if (status.health() == Health.DEGRADED) {
      return new Standing(revision, PublishState.FAILED, "applied, and degraded: " + first(status));
    } else if (held > 0) {
      return new Standing(revision, PublishState.CHANGES, held + " held");
    } else if (status.sync() == ApplicationStatus.Sync.OUT_OF_SYNC) {
      return new Standing(revision, PublishState.CHANGES, "live differs");
    } else if (status.health() == Health.PROGRESSING) {
      return new Standing(revision, PublishState.RUNNING, "waits for " + first(status));
    }
    return new Standing(revision, PublishState.SUCCESS, "in sync");
  }

  private static String first(ApplicationStatus status) {
    return status.unhealthy().entrySet().stream()
        .filter(entry -> entry.getValue().health() == status.health())
        .map(entry -> entry.getKey().toString())
        .findFirst()
        .orElse("");
  }
}
