package io.github.gitops4j.report;

import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.gate.GateDecision;
import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.history.HistoryAudit;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.history.HistoryJson;
import io.github.gitops4j.history.HistoryState;
import io.github.gitops4j.plan.PlanJson;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.TargetStatus;
import io.github.gitops4j.resource.Bool;
import io.github.gitops4j.resource.KeyJson;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.source.Revision;
import java.util.List;
import java.util.SortedMap;

/**
 * Reports as JSON, one line, keys in order, the same bytes for the same items: {@code {"format":
 * "gitops4j.report/1", "items": [...]}}. Each item has {@code type} and {@code application}, and
 * under the name of its type what it is about. New keys may be added within a format; nothing is
 * renamed, removed or given another meaning.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class JsonFormat implements ReportFormat {
  /** The name and version of the format. */
  public static final String FORMAT = "gitops4j.report/1";

  private JsonFormat() {}

  /** Returns the format. */
  public static JsonFormat create() {
    return new JsonFormat();
  }

  @Override
  public String render(List<ReportItem> items) {
    Sequence.Builder list = Sequence.builder();
    items.forEach(item -> list.add(item(item)));
    return JsonText.of(
        Mapping.builder().put("format", Text.of(FORMAT)).put("items", list.build()).build());
  }

  private static Mapping item(ReportItem given) {
    ReportItem item = Items.plain(given);
    Mapping.Builder json =
        Mapping.builder()
            .put("type", Text.of(Items.type(item)))
            .put("application", Text.of(item.application()));
    if (given instanceof ReportItem.InDirectory placed) {
      json.put("directory", Text.of(placed.directory()));
    }
    about(item, json);
    return json.build();
  }

  private static void about(ReportItem item, Mapping.Builder json) {
    if (item instanceof ReportItem.OfPlan of) {
      json.put("plan", PlanJson.document(of.plan()));
    } else if (item instanceof ReportItem.OfPreview of) {
      json.put("from", revision(of.from())).put("preview", PlanJson.document(of.plan()));
    } else if (item instanceof ReportItem.OfStatus of) {
      json.put("status", status(of.status()));
    } else if (item instanceof ReportItem.OfPass of) {
      json.put("pass", pass(of.report()));
    } else if (item instanceof ReportItem.OfHistory of) {
      Sequence.Builder records = Sequence.builder();
      of.records().forEach(record -> records.add(HistoryJson.document(record)));
      json.put("history", records.build());
    } else if (item instanceof ReportItem.OfAudit of) {
      json.put("audit", audit(of.audit()));
    } else if (item instanceof ReportItem.OfDiff of) {
      Sequence.Builder list = Sequence.builder();
      of.differences().forEach(difference -> list.add(DriftJson.write(difference)));
      json.put("diff", list.build());
    } else if (item instanceof ReportItem.OfHealth of) {
      json.put("health", health(of.health()));
    } else if (item instanceof ReportItem.OfInputs of) {
      json.put("inputs", inputs(of));
    } else if (item instanceof ReportItem.OfKeptAside of) {
      Sequence.Builder list = Sequence.builder();
      of.kept().forEach(kept -> list.add(kept(kept)));
      json.put("quarantine", list.build());
    } else if (item instanceof ReportItem.OfFailure of) {
      json.put("failure", failure(of.failure()));
    } else {
      throw new AssertionError(item);
    }
  }

  private static Mapping kept(KeptAside kept) {
    Mapping.Builder json =
        Mapping.builder().put("id", Text.of(kept.id())).put("key", KeyJson.write(kept.key()));
    kept.restored().ifPresent(key -> json.put("restoredAs", KeyJson.write(key)));
    return json.build();
  }

  private static Mapping audit(HistoryAudit audit) {
    Mapping.Builder json =
        Mapping.builder()
            .put("whole", Bool.of(audit instanceof HistoryAudit.Whole))
            .put("records", Numeral.of(audit.records()))
            .put("digest", Text.of(audit.digest().hex()));
    if (audit instanceof HistoryAudit.Broken broken) {
      HistoryAudit.Breach breach = broken.breach();
      json.put(
          "breach",
          Mapping.builder()
              .put("kind", Text.of(breach.kind().name()))
              .put("sequence", Numeral.of(breach.sequence()))
              .put("place", Text.of(breach.place()))
              .put("message", Text.of(breach.message()))
              .build());
    }
    return json.build();
  }

  private static Mapping inputs(ReportItem.OfInputs inputs) {
    return Mapping.builder()
        .put("resources", Numeral.of(inputs.resources()))
        .put("broken", PlanJson.broken(inputs.broken()))
        .put("warnings", PlanJson.warnings(inputs.warnings()))
        .put("findings", InputFindingJson.of(inputs.findings()))
        .build();
  }

  private static Mapping status(TargetStatus status) {
    HistoryState history = status.history();
    Mapping.Builder json =
        Mapping.builder()
            .put("inSync", Bool.of(status.inSync()))
            .put("plan", PlanJson.document(status.plan()))
            .put("unhealthy", health(status.unhealthy()));
    history.lastApplied().ifPresent(last -> json.put("lastApplied", revision(last)));
    history
        .lastEnded()
        .map(HistoryEvent.OperationEnded::result)
        .ifPresent(result -> json.put("lastResult", Text.of(result.name())));
    history.running().ifPresent(began -> json.put("running", Text.of(began.operation())));
    history.pin().ifPresent(pin -> json.put("pin", revision(pin.revision())));
    return json.build();
  }

  private static Mapping pass(ReconcileReport report) {
    Sequence.Builder outcomes = Sequence.builder();
    report.outcomes().forEach(outcome -> outcomes.add(outcome(outcome)));
    Sequence.Builder decisions = Sequence.builder();
    report.decisions().forEach(decision -> decisions.add(decision(decision)));
    Mapping.Builder json =
        Mapping.builder()
            .put("operation", Text.of(report.operation()))
            .put("started", Text.of(report.started().toString()))
            .put("ended", Text.of(report.ended().toString()))
            .put("result", result(report.result()))
            .put("converged", Bool.of(report.converged()))
            .put("outcomes", outcomes.build())
            .put("gates", decisions.build())
            .put("unhealthy", health(report.unhealthy()));
    report.plan().ifPresent(plan -> json.put("plan", PlanJson.document(plan)));
    return json.build();
  }

  private static Mapping result(PassResult result) {
    Mapping.Builder json = Mapping.builder();
    if (result instanceof PassResult.Done) {
      json.put("kind", Text.of("DONE"));
    } else if (result instanceof PassResult.Awaiting awaiting) {
      Sequence.Builder keys = Sequence.builder();
      awaiting.keys().forEach(key -> keys.add(KeyJson.write(key)));
      json.put("kind", Text.of("AWAITING"))
          .put("wave", Text.of(awaiting.wave()))
          .put("keys", keys.build())
          .put("deadline", Text.of(awaiting.deadline().toString()));
    } else if (result instanceof PassResult.Refused) {
      json.put("kind", Text.of("REFUSED"));
    } else if (result instanceof PassResult.Failed failed) {
      json.put("kind", Text.of("FAILED"))
          .put("stage", Text.of(failed.stage()))
          .put("failure", failure(failed.failure()));
    } else {
      throw new AssertionError(result);
    }
    return json.build();
  }

  private static Mapping outcome(ApplyOutcome outcome) {
    Mapping.Builder json =
        Mapping.builder()
            .put("key", KeyJson.write(outcome.key()))
            .put("effect", Text.of(outcome.effect().name()));
    if (outcome instanceof ApplyOutcome.Failed failed) {
      json.put("failure", failure(failed.failure()));
    } else if (outcome instanceof ApplyOutcome.Written written) {
      json.put("keptAside", Text.of(written.keptAside()));
    } else if (outcome instanceof ApplyOutcome.Removed removed) {
      json.put("keptAside", Text.of(removed.keptAside()));
    } else if (outcome instanceof ApplyOutcome.Removing removing) {
      json.put("reason", Text.of(removing.reason()));
    } else {
      throw new AssertionError(outcome);
    }
    return json.build();
  }

  private static Mapping decision(GateDecision decision) {
    return Mapping.builder()
        .put("gate", Text.of(decision.gate()))
        .put("allows", Bool.of(decision.allows()))
        .put("reason", Text.of(decision.verdict().reason()))
        .build();
  }

  private static Sequence health(SortedMap<ResourceKey, HealthReport> health) {
    Sequence.Builder list = Sequence.builder();
    health.forEach(
        (key, report) ->
            list.add(
                Mapping.builder()
                    .put("key", KeyJson.write(key))
                    .put("health", Text.of(report.health().name()))
                    .put("reason", Text.of(report.reason()))
                    .build()));
    return list.build();
  }

  private static Mapping failure(Failure failure) {
    return Mapping.builder()
        .put("category", Text.of(failure.category().name()))
        .put("message", Text.of(failure.message()))
        .put("retryable", Bool.of(failure.retryable()))
        .build();
  }

  private static Mapping revision(Revision revision) {
    return Mapping.builder()
        .put("ref", Text.of(revision.ref()))
        .put("id", Text.of(revision.id()))
        .build();
  }
}
