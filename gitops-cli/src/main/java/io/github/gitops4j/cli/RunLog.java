package io.github.gitops4j.cli;

import io.github.gitops4j.control.Condition;
import io.github.gitops4j.control.ControllerEvent;
import io.github.gitops4j.control.DeclaredApplications.Refreshed;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileEvent;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.report.Printable;
import io.github.gitops4j.report.ReportFormat;
import io.github.gitops4j.report.ReportItem;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a run says: what was changed, and what is new about how an application stands.
 *
 * <p>Thread-safe.
 */
final class RunLog {
  /** What ends a turn before it makes a pass, so that no pass tells of it. */
  private static final Set<String> BEFORE_PASSES = Set.of("resolve", "turn");

  /** What no pass tells of, and what does not go by itself. */
  private static final Set<Condition.Type> WORTH_A_LINE =
      EnumSet.of(
          Condition.Type.DEPENDENCY_CYCLE,
          Condition.Type.DEPENDENCY_MISSING,
          Condition.Type.GIVEN_UP,
          Condition.Type.FIGHTING,
          Condition.Type.HEALTH_UNKNOWN);

  private final Console console;
  private final ReportFormat format;
  // How the last pass of each application ended; the same again is not worth a word.
  private final Map<String, String> last = new HashMap<>();

  RunLog(Gitops options) {
    this.console = options.console();
    this.format = options.output.renderer(console, Math.max(1, options.lines));
  }

  synchronized void say(String application, ReconcileEvent event) {
    if (!(event instanceof ReconcileEvent.PassEnded ended)) {
      return;
    }
    say(application, ended.report());
  }

  private void say(String application, ReconcileReport report) {
    String before = last.put(application, ending(report));
    if (report.changedAnything() || !ending(report).equals(before)) {
      console.out().print(format.render(List.of(new ReportItem.OfPass(application, report))));
      console.out().flush();
    }
  }

  /** Says why a turn ended without a pass, and what nobody mends without being told. */
  synchronized void say(ControllerEvent event) {
    if (event instanceof ControllerEvent.TurnEnded turn) {
      turn.status()
          .lastReport()
          .filter(RunLog::isBeforePasses)
          .ifPresent(report -> say(turn.application(), report));
    } else if (event instanceof ControllerEvent.ConditionAppeared appeared
        && WORTH_A_LINE.contains(appeared.condition().type())) {
      String words = appeared.application() + ": " + appeared.condition().message();
      console.err().println("gitops: " + Printable.of(words));
    }
  }

  private static boolean isBeforePasses(ReconcileReport report) {
    return report.result() instanceof PassResult.Failed failed
        && BEFORE_PASSES.contains(failed.stage());
  }

  private static String ending(ReconcileReport report) {
    PassResult result = report.result();
    return result instanceof PassResult.Done ? "done " + report.failures() : result.toString();
  }

  synchronized void say(Refreshed refreshed) {
    tell("added", refreshed.added());
    tell("changed", refreshed.changed());
    tell("removed", refreshed.removed());
    refreshed.problems().forEach(this::say);
    refreshed.removed().forEach(last::remove);
  }

  private void tell(String what, List<String> names) {
    if (!names.isEmpty()) {
      console.err().println("gitops: applications " + what + ": " + String.join(", ", names));
    }
  }

  /** Says why files could not be read or understood. */
  synchronized void say(Failure failure) {
    console.err().println("gitops: " + failure.message());
  }
}
