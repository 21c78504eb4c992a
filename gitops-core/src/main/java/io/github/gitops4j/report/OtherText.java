package io.github.gitops4j.report;

import io.github.gitops4j.diff.Drift;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.health.Health;
import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.report.Ink.Tone;
import io.github.gitops4j.resource.ResourceKey;
import java.util.List;
import java.util.SortedMap;

/** Differences, health and failures as text. */
final class OtherText {
  private static final int WORD_WIDTH = 12;

  private final Lines lines;

  OtherText(Lines lines) {
    this.lines = lines;
  }

  void differences(List<Difference> differences) {
    lines.each(differences, this::difference);
    lines.line("  " + Wording.differences(differences.size()));
  }

  private void difference(Difference difference) {
    String remark =
        difference.drift() instanceof Drift.Undecided undecided
            ? undecided.failure().message()
            : "";
    entry(Tone.CHANGE, Wording.drift(difference.drift()), difference.key().toString(), remark);
    if (difference.drift() instanceof Drift.Changed changed) {
      lines.each(
          changed.changes(), change -> lines.line("      " + Printable.of(Wording.change(change))));
    }
  }

  void health(SortedMap<ResourceKey, HealthReport> health) {
    lines.each(
        List.copyOf(health.entrySet()),
        entry -> {
          HealthReport report = entry.getValue();
          Tone tone = report.health() == Health.HEALTHY ? Tone.GOOD : Tone.BAD;
          entry(tone, Wording.word(report.health()), entry.getKey().toString(), report.reason());
        });
  }

  void inputs(ReportItem.OfInputs inputs) {
    lines.each(Findings.of(inputs), new PlanText(lines)::input);
    lines.line("  " + Wording.inputs(inputs));
  }

  void keptAside(List<KeptAside> kept) {
    lines.each(
        kept,
        entry ->
            entry(
                Tone.CHANGE,
                entry.restored().isPresent() ? "restored" : "kept",
                entry.id(),
                entry.restored().map(key -> "as " + key).orElse("")));
    if (kept.isEmpty()) {
      lines.line("  nothing is kept aside");
    }
  }

  void failure(Failure failure) {
    lines.line(lines.paint(Tone.BAD, "failed") + " " + Printable.of(failure.message()));
  }

  private void entry(Tone tone, String word, String name, String reason) {
    String remark = reason.isEmpty() ? "" : "  (" + reason + ")";
    lines.line(
        "  "
            + lines.paint(tone, Lines.padded(Printable.of(word), WORD_WIDTH))
            + " "
            + Printable.of(name)
            + lines.paint(Tone.QUIET, Printable.of(remark)));
  }
}
