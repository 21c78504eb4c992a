package io.github.gitops4j.report;

import io.github.gitops4j.apply.Effect;
import io.github.gitops4j.gate.GateDecision;
import io.github.gitops4j.gate.GateVerdict;
import io.github.gitops4j.history.HistoryAudit;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.history.HistoryRecord;
import io.github.gitops4j.history.HistoryState;
import io.github.gitops4j.history.HookRun;
import io.github.gitops4j.history.OperationResult;
import io.github.gitops4j.plan.ActionKind;
import io.github.gitops4j.resource.Hook;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.Provenance;
import io.github.gitops4j.source.Trust;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Histories with every sort of event, as they are reported. */
final class SampleHistories {
  private SampleHistories() {}

  static List<HistoryRecord> history() {
    Provenance provenance =
        new Provenance(
            "Ada <ada@example.com>",
            "",
            Optional.of(Samples.TIME),
            "Raise the limit " + Samples.HOSTILE,
            Optional.of("ada"),
            Trust.VERIFIED);
    List<HistoryEvent> events =
        List.of(
            new HistoryEvent.OperationBegan(
                "op-1",
                Samples.REVISION,
                "content",
                Samples.NEW,
                new HistoryEvent.OperationContext(
                    provenance,
                    Map.of(),
                    List.of(new GateDecision("deletions", new GateVerdict.Allow("2 of 20"))),
                    Optional.empty())),
            new HistoryEvent.OperationAwaits(
                "op-1",
                "last wave",
                List.of(ResourceKey.file("a")),
                List.of(),
                Samples.TIME,
                Samples.TIME.plusSeconds(600)),
            new HistoryEvent.HookStarted(
                "op-1", new HookRun(ResourceKey.file("h"), "rev", "content", Samples.NEW, "")),
            new HistoryEvent.HookEnded(
                "op-1", ResourceKey.file("h"), Hook.End.FAILED, "crashed: " + Samples.HOSTILE),
            new HistoryEvent.HooksRetried("grace " + Samples.HOSTILE),
            new HistoryEvent.OperationFailing("op-1", "hook h failed: " + Samples.HOSTILE),
            new HistoryEvent.OperationEnded(
                "op-1",
                Samples.REVISION,
                OperationResult.PARTLY_FAILED,
                Map.of(Effect.CREATED, 2, Effect.FAILED, 1),
                List.of("x: kept aside as y")),
            new HistoryEvent.PlanRefused(
                Samples.REVISION,
                Samples.NEW,
                new HistoryEvent.OperationContext(
                    provenance,
                    Map.of(),
                    List.of(
                        new GateDecision(
                            "approval", new GateVerdict.Await(Samples.HOSTILE, Optional.empty())),
                        new GateDecision("deletions", new GateVerdict.Deny("40 of 20"))),
                    Optional.empty())),
            new HistoryEvent.RevisionFailed(Samples.REVISION, "content", "ill: " + Samples.HOSTILE),
            new HistoryEvent.PlanApproved(Samples.NEW, "grace"),
            new HistoryEvent.RevisionPinned(Samples.REVISION, Samples.REVISION, "grace"),
            new HistoryEvent.RevisionUnpinned("grace"),
            new HistoryEvent.RevisionPinned(Samples.REVISION, Samples.REVISION, Samples.HOSTILE));
    return records(events);
  }

  /** Says what was planned, who brought it in and who approved it. */
  static List<HistoryRecord> trail() {
    Provenance provenance =
        new Provenance(
            "Ada <ada@example.com>",
            "Forge <forge@example.com>",
            Optional.of(Samples.TIME),
            "Raise the limit",
            Optional.of("ada"),
            Trust.VERIFIED);
    return records(
        List.of(
            new HistoryEvent.PlanRefused(
                Samples.REVISION,
                Samples.NEW,
                new HistoryEvent.OperationContext(
                    provenance,
                    Map.of(ActionKind.PRUNE, 40),
                    List.of(
                        new GateDecision(
                            "windows",
                            new GateVerdict.Await("in a window", Optional.of(Samples.TIME))),
                        new GateDecision("deletions", new GateVerdict.Deny("40 of 20"))),
                    Optional.empty())),
            new HistoryEvent.OperationBegan(
                "op-1",
                Samples.REVISION,
                "content",
                Samples.NEW,
                new HistoryEvent.OperationContext(
                    provenance,
                    Map.of(ActionKind.HOLD, 1, ActionKind.CREATE, 3, ActionKind.RUN_HOOK, 1),
                    List.of(
                        new GateDecision("mine", GateVerdict.allow()),
                        new GateDecision("deletions", new GateVerdict.Allow("approved"))),
                    Optional.of("grace " + Samples.HOSTILE)))));
  }

  private static List<HistoryRecord> records(List<HistoryEvent> events) {
    List<HistoryRecord> records = new ArrayList<>();
    HistoryState state = HistoryState.empty();
    for (HistoryEvent event : events) {
      HistoryRecord record =
          HistoryRecord.following(
              state.sequence(), state.digest(), Samples.TIME.plusSeconds(state.sequence()), event);
      state = state.after(record);
      records.add(0, record);
    }
    return records;
  }

  static HistoryAudit broken(String place) {
    return new HistoryAudit.Broken(
        4,
        Samples.OLD,
        new HistoryAudit.Breach(
            HistoryAudit.Kind.EDITED, 5, place, "record 5 was changed after it was written"));
  }
}
