package io.github.gitops4j.report;

import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.apply.Effect;
import io.github.gitops4j.gate.GateDecision;
import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.report.Ink.Tone;
import io.github.gitops4j.resource.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report of a pass as text. */
final class ReportText {
  private static final int WORD_WIDTH = 12;

  private final Lines lines;

  ReportText(Lines lines) {
    this.lines = lines;
  }

  void report(ReconcileReport report) {
    String where = report.plan().map(plan -> " at " + Names.revision(plan.revision())).orElse("");
    lines.line(verdict(report) + Printable.of(where));
    lines.each(report.outcomes(), this::outcome);
    report
        .plan()
        .ifPresent(
            plan -> {
              lines.each(plan.holds(), this::held);
              new PlanText(lines).inputs(plan.broken(), plan.warnings());
            });
    lines.each(List.copyOf(report.unhealthy().entrySet()), this::unhealthy);
    refusals(report.decisions());
    lines.line("  " + summary(report));
  }

  private String verdict(ReconcileReport report) {
    PassResult result = report.result();
    if (result instanceof PassResult.Failed failed) {
      return lines.paint(Tone.BAD, "failed")
          + Printable.of(" (" + failed.stage() + "): " + failed.failure());
    } else if (result instanceof PassResult.Refused) {
      return lines.paint(Tone.BAD, "refused");
    } else if (result instanceof PassResult.Awaiting awaiting) {
      return lines.paint(Tone.CHANGE, "waiting")
          + Printable.of(" for health of " + awaiting.wave() + " until " + awaiting.deadline());
    }
    return report.converged()
        ? lines.paint(Tone.GOOD, "in sync")
        : lines.paint(Tone.CHANGE, "done, but not in sync");
  }

  private void outcome(ApplyOutcome outcome) {
    String remark = "";
    if (outcome instanceof ApplyOutcome.Failed failed) {
      remark = "  (" + failed.failure() + ")";
    } else if (outcome instanceof ApplyOutcome.Removing removing) {
      remark = "  (" + removing.reason() + ")";
    } else if (outcome instanceof ApplyOutcome.Written written && !written.keptAside().isEmpty()) {
      remark = "  (what was there is in " + written.keptAside() + ")";
    } else if (outcome instanceof ApplyOutcome.Removed removed && !removed.keptAside().isEmpty()) {
      remark = "  (what was there is in " + removed.keptAside() + ")";
    }
    entry(tone(outcome.effect()), word(outcome.effect()), outcome.key().toString(), remark);
  }

  private void held(PlannedAction.Hold hold) {
    entry(Tone.BAD, "held", hold.key().toString(), "  (" + hold.message() + ")");
  }

  private void unhealthy(Map.Entry<ResourceKey, HealthReport> entry) {
    String word = entry.getValue().health().name().toLowerCase(Locale.ROOT);
    entry(Tone.BAD, word, entry.getKey().toString(), "  (" + entry.getValue().reason() + ")");
  }

  private void entry(Tone tone, String word, String name, String remark) {
    lines.line(
        "  "
            + lines.paint(tone, Lines.padded(word, WORD_WIDTH))
            + " "
            + Printable.of(name)
            + lines.paint(Tone.QUIET, Printable.of(remark)));
  }

  private void refusals(List<GateDecision> decisions) {
    for (GateDecision decision : decisions) {
      if (!decision.verdict().reason().isEmpty()) {
        lines.line(
            "  gate "
                + Printable.of(decision.gate())
                + ": "
                + Printable.of(decision.verdict().reason()));
      }
    }
  }

  private static String summary(ReconcileReport report) {
    List<String> parts = new ArrayList<>();
    report.effects().forEach((effect, count) -> parts.add(count + " " + word(effect)));
    report
        .plan()
        .ifPresent(
            plan -> {
              if (!plan.holds().isEmpty()) {
                parts.add(plan.holds().size() + " held");
              }
              parts.add(plan.inSync() + " in sync before");
            });
    return parts.isEmpty() ? "nothing was done" : String.join(", ", parts);
  }

  private static String word(Effect effect) {
    return effect.name().toLowerCase(Locale.ROOT);
  }

  private static Tone tone(Effect effect) {
    return switch (effect) {
      case CREATED, ADOPTED -> Tone.GOOD;
      case UPDATED, REPLACED, RELEASED, REMOVING -> Tone.CHANGE;
      case PRUNED, QUARANTINED, FAILED -> Tone.BAD;
    };
  }
}
