package io.github.gitops4j.control;

import io.github.gitops4j.application.FailedRevisionPolicy;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.source.Revision;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How often the revision that a source tracks was tried and failed.
 *
 * <p>Guarded by the lock of the {@link Board}.
 */
final class Attempts {
  private final FailedRevisionPolicy policy;
  private @Nullable Revision revision;
  private int failed;

  Attempts(FailedRevisionPolicy policy) {
    this.policy = policy;
  }

  /** Takes note of why there may be a pass: some reasons make it worth to try again. */
  void beforePass(Set<Cause> why) {
    if (why.contains(Cause.REQUESTED) || (policy.rescuedByDrift() && why.contains(Cause.DRIFT))) {
      failed = 0;
    }
  }

  /** Takes note of a pass. */
  void afterPass(@Nullable Revision head, ReconcileReport report, boolean hasFailed) {
    boolean isOver = !hasFailed && !(report.result() instanceof PassResult.Awaiting);
    if (isOver || head == null || !head.equals(revision)) {
      failed = 0;
    }
    revision = head;
    if (hasFailed && isOfTheRevision(report)) {
      failed++;
    }
  }

  /** A backend that does not answer before there is a plan says nothing about the revision. */
  private static boolean isOfTheRevision(ReconcileReport report) {
    return report.plan().isPresent()
        || (report.result() instanceof PassResult.Failed end && isLasting(end.failure()));
  }

  private static boolean isLasting(Failure failure) {
    return switch (failure.category()) {
      case INVALID_INPUT, LIMIT_EXCEEDED, UNSUPPORTED -> true;
      default -> false;
    };
  }

  /** Says whether a revision is not to be tried any more. */
  boolean isGivenUp(@Nullable Revision head) {
    return policy.attempts().isPresent()
        && failed >= policy.attempts().getAsInt()
        && head != null
        && head.equals(revision);
  }
}
