package io.github.gitops4j.report;

import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.apply.Effect;
import io.github.gitops4j.diff.Drift;
import io.github.gitops4j.diff.FieldChange;
import io.github.gitops4j.diff.FieldValue;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.gate.GateDecision;
import io.github.gitops4j.gate.GateVerdict;
import io.github.gitops4j.health.Health;
import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.history.HistoryState;
import io.github.gitops4j.inventory.Applied;
import io.github.gitops4j.plan.ActionHead;
import io.github.gitops4j.plan.HoldReason;
import io.github.gitops4j.plan.LiveContent;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlanHeader;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.plan.Precondition;
import io.github.gitops4j.plan.Step;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.TargetStatus;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.resource.Phase;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.source.BrokenInput;
import io.github.gitops4j.source.InputFinding;
import io.github.gitops4j.source.InputWarning;
import io.github.gitops4j.source.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reports of each sort in which every text is one of those given. Confined to one call. */
final class HostileItems {
  /** How many texts are enough for different ones in neighboring places. */
  static final int TEXTS = 24;

  private final List<String> texts;
  private int next;

  private HostileItems(List<String> texts) {
    this.texts = texts;
  }

  static List<ReportItem> of(List<String> texts) {
    HostileItems from = new HostileItems(texts);
    List<ReportItem> items = new ArrayList<>();
    items.add(new ReportItem.OfPlan(from.text(), from.plan()));
    items.add(new ReportItem.OfPreview(from.text(), from.revision(), from.plan()));
    items.add(
        new ReportItem.InDirectory(
            new ReportItem.OfPlan(from.text(), from.plan()), from.text() + "d"));
    items.add(
        new ReportItem.OfStatus(
            from.text(), new TargetStatus(from.plan(), HistoryState.empty(), from.health())));
    items.add(new ReportItem.OfPass(from.text(), from.pass()));
    items.add(new ReportItem.OfDiff(from.text(), from.differences()));
    items.add(new ReportItem.OfHealth(from.text(), from.health()));
    items.add(
        new ReportItem.OfInputs(from.text(), 3, from.broken(), from.warnings(), from.findings()));
    items.add(
        new ReportItem.OfKeptAside(
            from.text(), List.of(new KeptAside(from.text(), from.key(), Optional.of(from.key())))));
    items.add(new ReportItem.OfFailure(from.text(), from.failure()));
    items.add(new ReportItem.OfAudit(from.text(), SampleHistories.broken(from.text())));
    return items;
  }

  private String text() {
    return texts.get(next++ % texts.size());
  }

  /** Returns a text that is not empty and is the only one of its beginning. */
  private String name() {
    return text() + next;
  }

  private Revision revision() {
    return new Revision(text(), name());
  }

  private ResourceKey key() {
    return next % 2 == 0
        ? ResourceKey.file(name())
        : ResourceKey.of(text(), name(), text(), name());
  }

  private Failure failure() {
    return Failure.of(FailureCategory.FORBIDDEN, text());
  }

  private Origin origin() {
    return new Origin(text(), 0, next % 3);
  }

  private FieldPath path() {
    return FieldPath.root().field(name()).keyed(Map.of(name(), text())).field(text());
  }

  private FieldValue value() {
    return new FieldValue.Shown(
        next % 2 == 0 ? Text.of(text()) : Mapping.builder().put(name(), Text.of(text())).build());
  }

  private List<FieldChange> changes() {
    return List.of(
        new FieldChange(path(), value(), value()),
        new FieldChange(path(), FieldValue.Absent.INSTANCE, value()));
  }

  private ActionHead head() {
    return new ActionHead(
        key(),
        new Step(Phase.MAIN, Step.Stage.WRITE, 0, 0, 0),
        Optional.of(Samples.NEW),
        Precondition.MustBeAbsent.INSTANCE,
        next % 3 == 0 ? Optional.empty() : Optional.of(origin()));
  }

  private Plan plan() {
    PlanHeader header = new PlanHeader(text(), text(), revision(), text(), text());
    List<PlannedAction> actions =
        List.of(
            new PlannedAction.Create(head()),
            new PlannedAction.Update(head(), changes(), LiveContent.KEEP_ASIDE),
            new PlannedAction.Replace(head(), changes()),
            PlannedAction.Hold.of(
                new PlannedAction.Create(head()), HoldReason.UNMANAGED_IN_THE_WAY, text()));
    return Plan.of(header, actions, broken(), 1).with(warnings());
  }

  private List<BrokenInput> broken() {
    return List.of(new BrokenInput(origin(), failure()), new BrokenInput(origin(), failure()));
  }

  private List<InputWarning> warnings() {
    return List.of(new InputWarning(origin(), text()));
  }

  private List<InputFinding> findings() {
    return List.of(
        new InputFinding(
            InputFinding.Rule.SCHEMA, InputFinding.Severity.ERROR, origin(), path(), text()),
        new InputFinding(
            InputFinding.Rule.CHECK,
            InputFinding.Severity.WARNING,
            origin(),
            FieldPath.root(),
            text()));
  }

  private SortedMap<ResourceKey, HealthReport> health() {
    SortedMap<ResourceKey, HealthReport> health = new TreeMap<>();
    health.put(key(), HealthReport.of(Health.DEGRADED, text()));
    health.put(key(), HealthReport.of(Health.PROGRESSING, text()));
    return health;
  }

  private List<Difference> differences() {
    return List.of(
        new Difference(key(), new Drift.Changed(changes())),
        new Difference(key(), new Drift.Undecided(failure())));
  }

  private ReconcileReport pass() {
    return ReconcileReport.builder("op-1", Samples.TIME)
        .plan(plan())
        .decisions(List.of(new GateDecision(text(), new GateVerdict.Deny(text()))))
        .outcomes(
            List.of(
                new ApplyOutcome.Written(
                    key(), Effect.UPDATED, new Applied(Samples.NEW, Samples.NEW, "uid"), text()),
                new ApplyOutcome.Removing(key(), text()),
                new ApplyOutcome.Failed(key(), failure())))
        .unhealthy(key(), HealthReport.of(Health.DEGRADED, text()))
        .build(new PassResult.Failed(text(), failure()), Samples.TIME);
  }
}
