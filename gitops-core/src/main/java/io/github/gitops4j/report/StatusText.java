package io.github.gitops4j.report;

import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.history.HistoryState;
import io.github.gitops4j.reconcile.TargetStatus;
import io.github.gitops4j.report.Ink.Tone;
import java.util.List;
import java.util.Locale;

/** The state of a target as text: the four verdicts, each on its own. */
final class StatusText {
  private final Lines lines;

  StatusText(Lines lines) {
    this.lines = lines;
  }

  void status(TargetStatus status) {
    HistoryState history = status.history();
    row("target", Printable.of(status.plan().header().target()));
    row("source", Printable.of(status.plan().header().source()));
    row("revision", Printable.of(Names.revision(status.plan().revision())));
    row("applied", history.lastApplied().map(Names::revision).map(Printable::of).orElse("never"));
    history
        .pin()
        .ifPresent(
            pin ->
                row(
                    "pinned",
                    Printable.of("to " + Names.revision(pin.revision()) + " by " + pin.by())));
    row("sync", sync(status));
    row("health", health(status));
    row("operation", operation(history));
    new PlanText(lines).actions(status.plan());
    new PlanText(lines).inputs(status.plan().broken(), status.plan().warnings());
    lines.each(
        List.copyOf(status.unhealthy().entrySet()),
        entry ->
            lines.line(
                "  "
                    + entry.getValue().health().name().toLowerCase(Locale.ROOT)
                    + " "
                    + Printable.of(entry.getKey() + "  (" + entry.getValue().reason() + ")")));
  }

  private void row(String name, String value) {
    lines.line(lines.paint(Tone.TITLE, Lines.padded(name, 10)) + " " + value);
  }

  private String sync(TargetStatus status) {
    String summary = PlanText.summary(status.plan());
    return status.inSync()
        ? lines.paint(Tone.GOOD, "in sync") + ", " + summary
        : lines.paint(Tone.CHANGE, "out of sync") + ": " + summary;
  }

  private String health(TargetStatus status) {
    return status.unhealthy().isEmpty()
        ? lines.paint(Tone.GOOD, "healthy")
        : lines.paint(Tone.BAD, status.unhealthy().size() + " not healthy");
  }

  private static String operation(HistoryState history) {
    if (history.awaits().isPresent()) {
      HistoryEvent.OperationAwaits awaits = history.awaits().get();
      return Printable.of(
          awaits.operation() + " waits for " + awaits.wave() + " until " + awaits.deadline());
    } else if (history.running().isPresent()) {
      return Printable.of(history.running().get().operation() + " was interrupted");
    }
    return history
        .lastEnded()
        .map(
            ended ->
                Printable.of(
                    ended.operation() + " " + ended.result().name().toLowerCase(Locale.ROOT)))
        .orElse("none");
  }
}
