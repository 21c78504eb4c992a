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
import io.github.gitops4j.history.HistoryAudit;
import io.github.gitops4j.history.HistoryRecord;
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
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.resource.Phase;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.source.BrokenInput;
import io.github.gitops4j.source.InputFinding;
import io.github.gitops4j.source.InputWarning;
import io.github.gitops4j.source.Revision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** One report of each sort, with the words of somebody hostile in it. */
final class Samples {
  static final String HOSTILE =
      "a|b`c\n::error::x\u001b[31m\u202e</details><script>]]>](http://evil) @all #1 *_~";

  static final Instant TIME = Instant.parse("2026-11-25T10:00:00Z");
  static final Revision REVISION = new Revision("main", "0123456789abcdef0123456789abcdef01234567");
  static final ContentDigest OLD = ContentDigest.of("old");
  static final ContentDigest NEW = ContentDigest.of("new");

  private Samples() {}

  static Map<String, ReportItem> all() {
    Map<String, ReportItem> all = new LinkedHashMap<>();
    all.put("plan", new ReportItem.OfPlan("shop", plan()));
    all.put("plan-empty", new ReportItem.OfPlan("", empty()));
    all.put("preview", new ReportItem.OfPreview("shop", Revision.ofId("f".repeat(40)), preview()));
    all.put(
        "in-directory",
        new ReportItem.InDirectory(
            new ReportItem.OfInputs("shop", 4, broken(), warnings(), findings()), "envs/prod"));
    all.put("status", new ReportItem.OfStatus("shop", status()));
    all.put("pass", new ReportItem.OfPass("shop", pass()));
    all.put("pass-refused", new ReportItem.OfPass("shop", refused()));
    all.put("history", new ReportItem.OfHistory("shop", SampleHistories.history()));
    all.put("trail", new ReportItem.OfHistory("shop", SampleHistories.trail()));
    all.put("audit", new ReportItem.OfAudit("shop", new HistoryAudit.Whole(13, NEW)));
    all.put("audit-broken", new ReportItem.OfAudit("shop", SampleHistories.broken(HOSTILE)));
    all.put("diff", new ReportItem.OfDiff("", differences()));
    all.put("health", new ReportItem.OfHealth("", health()));
    all.put(
        "quarantine",
        new ReportItem.OfKeptAside(
            "shop",
            List.of(
                new KeptAside("op-1/a.txt", ResourceKey.file("a.txt"), Optional.empty()),
                new KeptAside(
                    "op-1/b*.txt",
                    ResourceKey.file("b*.txt"),
                    Optional.of(ResourceKey.file("b.edited"))))));
    all.put("inputs", new ReportItem.OfInputs("shop", 4, broken(), warnings(), findings()));
    all.put(
        "failure",
        new ReportItem.OfFailure(
            "shop", Failure.of(FailureCategory.UNAVAILABLE, "git: fetching failed: " + HOSTILE)));
    return all;
  }

  static Plan plan() {
    return Plan.of(header(), actions(), broken(), 17).with(warnings());
  }

  private static Plan preview() {
    return Plan.of(header(), actions(), List.of(), 0);
  }

  private static Plan empty() {
    return Plan.of(header(), List.of(), List.of(), 20);
  }

  private static PlanHeader header() {
    return new PlanHeader(
        "filesystem:/srv/shop", "https://git.example.com/shop.git", REVISION, "content", "policy");
  }

  private static List<PlannedAction> actions() {
    List<PlannedAction> actions = new ArrayList<>();
    actions.add(new PlannedAction.Create(head("conf/app.properties", Step.Stage.WRITE)));
    FieldChange content =
        new FieldChange(
            FieldPath.parse("/content"),
            new FieldValue.Hashed(OLD, OptionalLong.of(120)),
            new FieldValue.Hashed(NEW, OptionalLong.empty()));
    actions.add(
        new PlannedAction.Update(
            head("conf/db.properties", Step.Stage.WRITE),
            List.of(content),
            LiveContent.KEEP_ASIDE));
    actions.add(
        new PlannedAction.Replace(
            new ActionHead(
                ResourceKey.of("apps", "Deployment", "shop", "web"),
                step(Step.Stage.WRITE),
                Optional.of(NEW),
                new Precondition.MustEqual("uid", OLD),
                Optional.of(new Origin("deploy/web.yaml", 1, 12))),
            fields()));
    actions.add(new PlannedAction.Adopt(head("adopted.txt", Step.Stage.WRITE)));
    actions.add(
        PlannedAction.Hold.of(
            new PlannedAction.Create(head("conf/" + HOSTILE, Step.Stage.WRITE)),
            HoldReason.UNMANAGED_IN_THE_WAY,
            "there already, " + HOSTILE));
    actions.add(new PlannedAction.Prune(head("old.txt", Step.Stage.REMOVE)));
    actions.add(new PlannedAction.Quarantine(head("edited.txt", Step.Stage.REMOVE)));
    actions.add(new PlannedAction.Release(head("released.txt", Step.Stage.REMOVE)));
    return actions;
  }

  private static List<FieldChange> fields() {
    return List.of(
        new FieldChange(
            FieldPath.parse("/spec/replicas"),
            new FieldValue.Shown(Numeral.of(2)),
            new FieldValue.Shown(Numeral.of(3))),
        new FieldChange(
            FieldPath.parse("/data/password"),
            new FieldValue.Masked(Optional.empty()),
            new FieldValue.Masked(Optional.of(NEW))),
        new FieldChange(
            FieldPath.parse("/metadata/labels/note"),
            FieldValue.Absent.INSTANCE,
            new FieldValue.Shown(Text.of(HOSTILE))),
        new FieldChange(
            FieldPath.parse("/metadata/labels/long"),
            FieldValue.Absent.INSTANCE,
            new FieldValue.Shown(Text.of("x".repeat(200)))));
  }

  private static ActionHead head(String path, Step.Stage stage) {
    return new ActionHead(
        ResourceKey.file(path),
        step(stage),
        stage == Step.Stage.WRITE ? Optional.of(NEW) : Optional.empty(),
        Precondition.MustBeAbsent.INSTANCE,
        Optional.of(Origin.file("envs/prod/" + path)));
  }

  private static Step step(Step.Stage stage) {
    return new Step(Phase.MAIN, stage, 0, 0, 0);
  }

  private static List<InputWarning> warnings() {
    return List.of(
        new InputWarning(new Origin("conf/db.yaml", 0, 3), "yes is read otherwise " + HOSTILE));
  }

  private static List<InputFinding> findings() {
    return List.of(
        new InputFinding(
            InputFinding.Rule.SCHEMA,
            InputFinding.Severity.ERROR,
            new Origin("conf/db.yaml", 1, 12),
            FieldPath.parse("/spec/replicas"),
            "expected an integer, not text"),
        new InputFinding(
            InputFinding.Rule.CHECK,
            InputFinding.Severity.WARNING,
            new Origin("conf/db.yaml", 0, 2),
            FieldPath.root(),
            HOSTILE));
  }

  private static List<BrokenInput> broken() {
    return List.of(
        new BrokenInput(
            new Origin("envs/prod/bad file.yaml", 0, 7),
            Failure.of(
                FailureCategory.INVALID_INPUT,
                "envs/prod/bad file.yaml:7: the key is there twice")),
        new BrokenInput(
            new Origin(HOSTILE, 0, 0), Failure.of(FailureCategory.LIMIT_EXCEEDED, "too deep")));
  }

  private static TargetStatus status() {
    HistoryState state = HistoryState.empty();
    List<HistoryRecord> records = SampleHistories.history();
    for (int i = records.size() - 1; i >= 0; i--) {
      state = state.after(records.get(i));
    }
    return new TargetStatus(plan(), state, health());
  }

  private static SortedMap<ResourceKey, HealthReport> health() {
    SortedMap<ResourceKey, HealthReport> health = new TreeMap<>();
    health.put(
        ResourceKey.of("apps", "Deployment", "shop", "web"),
        HealthReport.of(Health.PROGRESSING, "1 of 3 replicas | ready"));
    health.put(ResourceKey.file("ok.txt"), HealthReport.healthy());
    return health;
  }

  private static ReconcileReport pass() {
    return ReconcileReport.builder("op-1", TIME)
        .plan(plan())
        .decisions(List.of(new GateDecision("deletions", new GateVerdict.Allow("2 of 20"))))
        .outcomes(
            List.of(
                ApplyOutcome.Written.of(
                    ResourceKey.file("conf/app.properties"), Effect.CREATED, applied()),
                new ApplyOutcome.Written(
                    ResourceKey.file("conf/db.properties"),
                    Effect.UPDATED,
                    applied(),
                    "quarantine/1"),
                new ApplyOutcome.Removed(ResourceKey.file("old.txt"), Effect.PRUNED, ""),
                new ApplyOutcome.Removing(ResourceKey.file("slow.txt"), "held by " + HOSTILE),
                new ApplyOutcome.Failed(
                    ResourceKey.file(HOSTILE),
                    Failure.of(FailureCategory.FORBIDDEN, "writing failed: " + HOSTILE))))
        .unhealthy(
            ResourceKey.of("apps", "Deployment", "shop", "web"),
            HealthReport.of(Health.DEGRADED, "crashes"))
        .build(new PassResult.Done(), TIME.plusSeconds(3));
  }

  private static ReconcileReport refused() {
    List<GateDecision> decisions =
        List.of(
            new GateDecision("deletions", new GateVerdict.Deny("40 deletions, 20 allowed")),
            new GateDecision(
                "approval", new GateVerdict.Await("needs approval " + HOSTILE, Optional.empty())));
    return ReconcileReport.builder("op-2", TIME)
        .plan(empty())
        .decisions(decisions)
        .build(new PassResult.Refused(decisions), TIME);
  }

  private static Applied applied() {
    return new Applied(NEW, NEW, "uid");
  }

  private static List<Difference> differences() {
    return List.of(
        new Difference(ResourceKey.file("gone.yaml"), Drift.Missing.INSTANCE),
        new Difference(ResourceKey.file("more.yaml"), Drift.Extra.INSTANCE),
        new Difference(
            ResourceKey.of("apps", "Deployment", "shop", "web"), new Drift.Changed(fields())),
        new Difference(
            ResourceKey.file("dark.yaml"),
            new Drift.Undecided(Failure.of(FailureCategory.FORBIDDEN, "reading failed"))));
  }
}
