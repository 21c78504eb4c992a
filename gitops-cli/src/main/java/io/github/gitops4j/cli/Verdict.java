package io.github.gitops4j.cli;

import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.history.HistoryAudit;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.TargetStatus;

/** Gives results their exit. */
final class Verdict {
  private Verdict() {}

  static Exit of(Plan plan) {
    if (!plan.broken().isEmpty()) {
      return Exit.ERROR;
    }
    return plan.isEmpty() ? Exit.DONE : Exit.CHANGES;
  }

  static Exit of(TargetStatus status) {
    Exit plan = of(status.plan());
    return plan == Exit.DONE && !status.unhealthy().isEmpty() ? Exit.CHANGES : plan;
  }

  static Exit of(HistoryAudit audit) {
    return audit instanceof HistoryAudit.Whole ? Exit.DONE : Exit.CHANGES;
  }

  static Exit of(ReconcileReport report) {
    PassResult result = report.result();
    if (result instanceof PassResult.Refused) {
      return Exit.REFUSED;
    } else if (result instanceof PassResult.Failed failed) {
      return failed.failure().category() == FailureCategory.STALE ? Exit.REFUSED : Exit.ERROR;
    } else if (report.converged()) {
      return Exit.DONE;
    } else if (report.changedAnything() || result instanceof PassResult.Awaiting) {
      return Exit.PARTLY;
    }
    return report.failures().isEmpty() ? Exit.REFUSED : Exit.ERROR;
  }
}
