package io.github.gitops4j.testkit;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.apply.Effect;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.report.TextRenderer;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Assertions on the report of a pass. Resources are named as in {@link PlanAssertions}. A failure
 * shows the whole report.
 *
 * <pre>{@code
 * assertThat(reconciler.reconcile(call)).converged().created("Thing/a").prunedNothing();
 * }</pre>
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class ReportAssertions {
  private final ReconcileReport report;

  private ReportAssertions(ReconcileReport report) {
    this.report = requireNonNull(report, "report");
  }

  /** Starts assertions on a report. */
  public static ReportAssertions assertThat(ReconcileReport report) {
    return new ReportAssertions(report);
  }

  /** Checks that live is now as declared: done, and nothing failed or is held. */
  public ReportAssertions converged() {
    return report.converged() ? this : fail("that live is as declared", report.result());
  }

  /** Checks that the pass came to its end; single resources may have failed or be held. */
  public ReportAssertions isDone() {
    return report.result() instanceof PassResult.Done ? this : fail("done", report.result());
  }

  /** Checks that the pass waits for exactly these resources to become healthy. */
  public ReportAssertions isAwaiting(String... keys) {
    List<String> expected = sorted(Arrays.asList(keys));
    boolean holds =
        report.result() instanceof PassResult.Awaiting awaiting
            && sorted(awaiting.keys().stream().map(Object::toString).toList()).equals(expected);
    return holds ? this : fail("waiting for " + expected, report.result());
  }

  /** Checks that this gate did not let the plan run, and that nothing was written. */
  public ReportAssertions isRefusedBy(String gate) {
    boolean holds =
        report.result() instanceof PassResult.Refused refused
            && refused.decisions().stream()
                .anyMatch(decision -> decision.gate().equals(gate) && !decision.allows());
    return holds ? this : fail("refused by " + gate, report.result());
  }

  /** Checks that the pass could not go on at this stage, for a failure of this category. */
  public ReportAssertions failedAt(String stage, FailureCategory category) {
    boolean holds =
        report.result() instanceof PassResult.Failed failed
            && failed.stage().equals(stage)
            && failed.failure().category() == category;
    return holds ? this : fail("failed at " + stage + " with " + category, report.result());
  }

  /** Checks that exactly these resources were created. */
  public ReportAssertions created(String... keys) {
    return only(Effect.CREATED, keys);
  }

  /** Checks that exactly these resources were updated. */
  public ReportAssertions updated(String... keys) {
    return only(Effect.UPDATED, keys);
  }

  /** Checks that exactly these resources were deleted and created again. */
  public ReportAssertions replaced(String... keys) {
    return only(Effect.REPLACED, keys);
  }

  /** Checks that exactly these resources were adopted. */
  public ReportAssertions adopted(String... keys) {
    return only(Effect.ADOPTED, keys);
  }

  /** Checks that exactly these resources were pruned. */
  public ReportAssertions pruned(String... keys) {
    return only(Effect.PRUNED, keys);
  }

  /** Checks that nothing was removed from the live system, not even into quarantine. */
  public ReportAssertions prunedNothing() {
    return only(Effect.PRUNED).only(Effect.QUARANTINED).only(Effect.REPLACED);
  }

  /** Checks that exactly these resources were removed and their content kept aside. */
  public ReportAssertions quarantined(String... keys) {
    return only(Effect.QUARANTINED, keys);
  }

  /** Checks that exactly these resources were released. */
  public ReportAssertions released(String... keys) {
    return only(Effect.RELEASED, keys);
  }

  /** Checks that a resource failed with this category; others may have failed too. */
  public ReportAssertions failed(String key, FailureCategory category) {
    boolean holds =
        report.failures().stream()
            .anyMatch(
                failed ->
                    failed.key().toString().equals(key) && failed.failure().category() == category);
    return holds ? this : fail(key + " to fail with " + category, report.failures());
  }

  /** Checks that the pass wrote nothing, not even to the inventory. */
  public ReportAssertions changedNothing() {
    return report.changedAnything() ? fail("no change", report.effects()) : this;
  }

  /** Returns assertions on the pass's plan. */
  public PlanAssertions plan() {
    return PlanAssertions.assertThat(
        report.plan().orElseThrow(() -> new AssertionError(message("a plan", report.result()))));
  }

  private ReportAssertions only(Effect effect, String... keys) {
    List<String> expected = sorted(Arrays.asList(keys));
    List<String> found =
        sorted(
            report.outcomes().stream()
                .filter(outcome -> outcome.effect() == effect)
                .map(ApplyOutcome::key)
                .map(Object::toString)
                .toList());
    return found.equals(expected) ? this : fail("exactly " + expected + " " + effect, found);
  }

  private static List<String> sorted(List<String> texts) {
    return List.copyOf(new TreeSet<>(texts));
  }

  private ReportAssertions fail(String expected, Object found) {
    throw new AssertionError(message(expected, found));
  }

  private String message(String expected, Object found) {
    return "expected "
        + expected
        + ", but found "
        + found
        + " in\n"
        + TextRenderer.plain().report(report);
  }
}
