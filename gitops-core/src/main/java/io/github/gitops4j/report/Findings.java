package io.github.gitops4j.report;

import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.diff.Drift;
import io.github.gitops4j.diff.FieldChange;
import io.github.gitops4j.health.Health;
import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.history.HistoryAudit;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.history.HistoryRecord;
import io.github.gitops4j.history.OperationResult;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.report.Finding.Level;
import io.github.gitops4j.report.Finding.Rule;
import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.BrokenInput;
import io.github.gitops4j.source.InputFinding;
import io.github.gitops4j.source.InputWarning;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Takes an item apart into findings. */
final class Findings {
  private static final Comparator<Finding> BY_PLACE =
      Comparator.comparing(
          finding -> finding.origin().orElseThrow(),
          Comparator.<Origin, String>comparing(Origin::file).thenComparingInt(Origin::line));

  private final List<Finding> found = new ArrayList<>();

  private Findings() {}

  static List<Finding> of(ReportItem item) {
    Findings findings = new Findings();
    findings.add(Items.plain(item));
    return item instanceof ReportItem.InDirectory placed
        ? findings.found.stream().map(finding -> finding.in(placed.directory())).toList()
        : findings.found;
  }

  private void add(ReportItem item) {
    if (item instanceof ReportItem.OfPlan of) {
      plan(of.plan());
    } else if (item instanceof ReportItem.OfPreview of) {
      plan(of.plan());
    } else if (item instanceof ReportItem.OfStatus of) {
      plan(of.status().plan());
      health(of.status().unhealthy());
    } else if (item instanceof ReportItem.OfPass of) {
      pass(of.report());
    } else if (item instanceof ReportItem.OfHistory of) {
      of.records().forEach(this::record);
    } else if (item instanceof ReportItem.OfAudit of) {
      audit(of.audit());
    } else if (item instanceof ReportItem.OfDiff of) {
      of.differences().forEach(this::difference);
    } else if (item instanceof ReportItem.OfHealth of) {
      health(of.health());
    } else if (item instanceof ReportItem.OfInputs of) {
      inputs(of.broken(), of.warnings());
      of.findings().forEach(this::checked);
      found.sort(BY_PLACE);
    } else if (item instanceof ReportItem.OfKeptAside of) {
      of.kept().forEach(this::kept);
    } else if (item instanceof ReportItem.OfFailure of) {
      String category = Wording.word(of.failure().category());
      found.add(Finding.of(Rule.FAILURE, Level.ERROR, category, of.failure().message()));
    } else {
      throw new AssertionError(item);
    }
  }

  private void plan(Plan plan) {
    inputs(plan.broken(), plan.warnings());
    plan.actions().forEach(this::action);
  }

  private void inputs(List<BrokenInput> broken, List<InputWarning> warnings) {
    broken.forEach(
        input ->
            found.add(
                new Finding(
                    Rule.BROKEN_INPUT,
                    Level.ERROR,
                    input.origin().toString(),
                    input.failure().message(),
                    List.of(),
                    Optional.of(input.origin()))));
    warnings.forEach(
        warning ->
            found.add(
                new Finding(
                    Rule.AMBIGUOUS_INPUT,
                    Level.WARNING,
                    warning.origin().toString(),
                    warning.message(),
                    List.of(),
                    Optional.of(warning.origin()))));
  }

  private void checked(InputFinding checked) {
    String message = checked.message();
    found.add(
        new Finding(
            Rule.valueOf(checked.rule().name()),
            Level.valueOf(checked.severity().name()),
            checked.origin().toString(),
            checked.path().isRoot() ? message : checked.path() + ": " + message,
            List.of(),
            Optional.of(checked.origin())));
  }

  private void action(PlannedAction action) {
    boolean held = action instanceof PlannedAction.Hold;
    String remark = Wording.remark(action);
    String word = Wording.word(action.kind());
    found.add(
        new Finding(
            held ? Rule.HELD : Rule.DRIFT,
            held ? Level.WARNING : Level.NOTE,
            action.key().toString(),
            remark.isEmpty() ? word : word + "; " + remark,
            action.changes(),
            action.head().origin()));
  }

  private void pass(ReconcileReport report) {
    report.plan().ifPresent(plan -> inputs(plan.broken(), plan.warnings()));
    report.outcomes().forEach(this::outcome);
    report.plan().ifPresent(plan -> plan.holds().forEach(this::action));
    report
        .decisions()
        .forEach(
            decision ->
                found.add(
                    Finding.of(
                        Rule.GATE,
                        decision.allows() ? Level.PASS : Level.ERROR,
                        decision.gate(),
                        Wording.decision(decision))));
    health(report.unhealthy());
    if (report.result() instanceof PassResult.Failed failed) {
      found.add(
          Finding.of(
              Rule.FAILURE, Level.ERROR, "stage " + failed.stage(), failed.failure().message()));
    }
  }

  private void outcome(ApplyOutcome outcome) {
    boolean failed = outcome instanceof ApplyOutcome.Failed;
    String remark = Wording.remark(outcome);
    String word = Wording.word(outcome.effect());
    found.add(
        Finding.of(
            failed ? Rule.APPLY_FAILED : Rule.APPLIED,
            failed ? Level.ERROR : Level.PASS,
            outcome.key().toString(),
            remark.isEmpty() ? word : word + "; " + remark));
  }

  private void record(HistoryRecord record) {
    boolean bad =
        record.event() instanceof HistoryEvent.OperationEnded ended
            && (ended.result() == OperationResult.FAILED
                || ended.result() == OperationResult.PARTLY_FAILED);
    List<String> words = new ArrayList<>();
    words.add(HistoryText.what(record.event()));
    words.addAll(HistoryText.notes(record.event()));
    found.add(
        Finding.of(
            Rule.OPERATION,
            bad ? Level.ERROR : Level.PASS,
            "#" + record.sequence() + " " + record.time(),
            String.join("; ", words)));
  }

  private void audit(HistoryAudit audit) {
    String last = "digest " + audit.digest().hex();
    if (audit instanceof HistoryAudit.Broken broken) {
      HistoryAudit.Breach breach = broken.breach();
      found.add(
          Finding.of(
              Rule.AUDIT, Level.ERROR, "#" + breach.sequence(), breach + "; before it " + last));
    } else {
      found.add(Finding.of(Rule.AUDIT, Level.PASS, "#" + audit.records(), "whole; " + last));
    }
  }

  private void difference(Difference difference) {
    Drift drift = difference.drift();
    String message = Wording.drift(drift);
    Level level = Level.NOTE;
    List<FieldChange> changes = List.of();
    if (drift instanceof Drift.Changed changed) {
      changes = changed.changes();
    } else if (drift instanceof Drift.Undecided undecided) {
      message += "; " + undecided.failure().message();
      level = Level.ERROR;
    } else if (drift instanceof Drift.InSync) {
      level = Level.PASS;
    }
    String subject = difference.key().toString();
    found.add(new Finding(Rule.DRIFT, level, subject, message, changes, Optional.empty()));
  }

  private void kept(KeptAside kept) {
    found.add(Finding.of(Rule.KEPT_ASIDE, Level.PASS, kept.key().toString(), Wording.kept(kept)));
  }

  private void health(SortedMap<ResourceKey, HealthReport> health) {
    health.forEach(
        (key, report) -> {
          String reason = report.reason().isEmpty() ? "" : "; " + report.reason();
          found.add(
              Finding.of(
                  Rule.HEALTH,
                  level(report.health()),
                  key.toString(),
                  Wording.word(report.health()) + reason));
        });
  }

  private static Level level(Health health) {
    return switch (health) {
      case HEALTHY -> Level.PASS;
      case SUSPENDED -> Level.NOTE;
      case PROGRESSING, TERMINATING, MISSING, UNKNOWN -> Level.WARNING;
      case DEGRADED -> Level.ERROR;
    };
  }
}
