package io.github.gitops4j.micrometer;

import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.resource.ContentDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far one application has come.
 *
 * <p>Changed by one thread at a time; {@link #succeededAt} may be asked by any.
 */
final class Progress {
  private volatile long succeededAt;
  // The revision that live was made equal to, as its content id.
  private @Nullable String reached;
  // The plan whose drift was counted.
  private @Nullable ContentDigest counted;
  private @Nullable String leadingTo;
  private @Nullable Instant since;
  private boolean wrote;

  Progress(long now) {
    this.succeededAt = now;
  }

  long succeededAt() {
    return succeededAt;
  }

  /** Returns how many resources have drifted from what was reached, if that is not known yet. */
  long drift(ReconcileReport report) {
    Plan plan = report.plan().orElse(null);
    if (plan == null
        || !plan.revision().id().equals(reached)
        || plan.isEmpty()
        || plan.digest().equals(counted)) {
      return 0;
    }
    counted = plan.digest();
    return Counting.writes(plan);
  }

  /** Takes note of a pass; returns how long it took to get to its revision, if it got there. */
  Optional<Duration> take(ReconcileReport report) {
    if (report.result() instanceof PassResult.Done && report.failures().isEmpty()) {
      succeededAt = report.ended().toEpochMilli();
    }
    Plan plan = report.plan().orElse(null);
    if (plan == null || plan.revision().id().equals(reached)) {
      return Optional.empty();
    }
    if (!plan.revision().id().equals(leadingTo)) {
      leadingTo = plan.revision().id();
      since = report.started();
      wrote = false;
    }
    wrote |= report.changedAnything();
    Instant began = since;
    if (!report.converged() || began == null) {
      return Optional.empty();
    }
    reached = leadingTo;
    counted = null;
    return wrote ? Optional.of(Duration.between(began, report.ended())) : Optional.empty();
  }
}
