package io.github.gitops4j.report;

import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.apply.Effect;
import io.github.gitops4j.plan.ActionKind;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.reconcile.ReconcileReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What reports come to in numbers, for the steps of a pipeline that come after.
 *
 * <p>Immutable.
 *
 * @param applications how many applications something is said of
 * @param creates how many resources are, or were, created
 * @param updates how many are changed or made anew
 * @param deletes how many are removed
 * @param held how many actions are withheld
 * @param failed how many actions or applications failed
 * @param planDigest the digest under which the plan can be approved, if there is just one plan
 * @since 0.1.0
 */
public record Totals(
    int applications,
    int creates,
    int updates,
    int deletes,
    int held,
    int failed,
    Optional<String> planDigest) {

  /** Counts what reports say. */
  public static Totals of(List<ReportItem> items) {
    Totals totals = new Totals(0, 0, 0, 0, 0, 0, Optional.empty());
    for (ReportItem item : items) {
      totals = totals.and(item);
    }
    return items.size() == 1 && Items.plain(items.get(0)) instanceof ReportItem.OfPlan of
        ? totals.with(Optional.of(of.plan().digest().hex()))
        : totals;
  }

  private Totals and(ReportItem given) {
    ReportItem item = Items.plain(given);
    if (item instanceof ReportItem.OfPass of) {
      return and(of.report());
    } else if (item instanceof ReportItem.OfFailure) {
      return plus(0, 0, 0, 0, 1);
    }
    return Items.plan(item).map(this::and).orElseGet(() -> plus(0, 0, 0, 0, 0));
  }

  private Totals and(Plan plan) {
    Map<ActionKind, Integer> counts = plan.counts();
    return plus(
        counts.getOrDefault(ActionKind.CREATE, 0),
        counts.getOrDefault(ActionKind.UPDATE, 0) + counts.getOrDefault(ActionKind.REPLACE, 0),
        counts.getOrDefault(ActionKind.PRUNE, 0) + counts.getOrDefault(ActionKind.QUARANTINE, 0),
        counts.getOrDefault(ActionKind.HOLD, 0),
        0);
  }

  private Totals and(ReconcileReport report) {
    List<Effect> effects = report.outcomes().stream().map(ApplyOutcome::effect).toList();
    List<PlannedAction.Hold> holds = report.plan().map(Plan::holds).orElse(List.of());
    return plus(
        count(effects, Effect.CREATED),
        count(effects, Effect.UPDATED, Effect.REPLACED),
        count(effects, Effect.PRUNED, Effect.QUARANTINED, Effect.REMOVING),
        holds.size(),
        count(effects, Effect.FAILED));
  }

  private static int count(List<Effect> effects, Effect... counted) {
    return (int) effects.stream().filter(List.of(counted)::contains).count();
  }

  private Totals plus(int created, int updated, int deleted, int withheld, int failures) {
    return new Totals(
        applications + 1,
        creates + created,
        updates + updated,
        deletes + deleted,
        held + withheld,
        failed + failures,
        planDigest);
  }

  private Totals with(Optional<String> digest) {
    return new Totals(applications, creates, updates, deletes, held, failed, digest);
  }

  /** Says whether something is, or was, changed. */
  public boolean hasChanges() {
    return creates + updates + deletes > 0;
  }

  /** Returns all of it by names that other programs read; values have no line end. */
  public Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("has_changes", Boolean.toString(hasChanges()));
    values.put("applications", Integer.toString(applications));
    values.put("creates", Integer.toString(creates));
    values.put("updates", Integer.toString(updates));
    values.put("deletes", Integer.toString(deletes));
    values.put("held", Integer.toString(held));
    values.put("failed", Integer.toString(failed));
    planDigest.ifPresent(digest -> values.put("plan_digest", digest));
    return values;
  }
}
