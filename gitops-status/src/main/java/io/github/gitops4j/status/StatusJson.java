package io.github.gitops4j.status;

import io.github.gitops4j.control.ApplicationStatus;
import io.github.gitops4j.control.Condition;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.source.Revision;
import java.time.Duration;

/** How an application stands, as JSON. */
final class StatusJson {
  private StatusJson() {}

  static Mapping of(ApplicationStatus status) {
    Sequence.Builder conditions = Sequence.builder();
    for (Condition condition : status.conditions()) {
      conditions.add(
          Mapping.builder()
              .put("type", Text.of(condition.type().name()))
              .put("message", Text.of(condition.message()))
              .build());
    }
    Mapping.Builder json =
        Mapping.builder()
            .put("name", Text.of(status.name()))
            .put("activity", Text.of(status.activity().name()))
            .put("sync", Text.of(status.sync().name()))
            .put("health", Text.of(status.health().name()))
            .put("unhealthy", Numeral.of(status.unhealthy().size()))
            .put("failures", Numeral.of(status.failures()))
            .put("conditions", conditions.build());
    status.head().ifPresent(head -> json.put("head", revision(head)));
    status.reached().ifPresent(reached -> json.put("reached", revision(reached)));
    status.lastReport().ifPresent(report -> json.put("pass", pass(report)));
    return json.build();
  }

  private static Mapping revision(Revision revision) {
    return Mapping.builder()
        .put("ref", Text.of(revision.ref()))
        .put("id", Text.of(revision.id()))
        .build();
  }

  private static Mapping pass(ReconcileReport report) {
    Mapping.Builder json =
        Mapping.builder()
            .put("result", Text.of(result(report.result())))
            .put("ended", Text.of(report.ended().toString()))
            .put(
                "milliseconds",
                Numeral.of(Duration.between(report.started(), report.ended()).toMillis()))
            .put("failed", Numeral.of(report.failures().size()));
    if (report.result() instanceof PassResult.Failed failed) {
      json.put("why", Text.of(failed.failure().message()));
    } else if (report.result() instanceof PassResult.Refused refused) {
      refused.decisions().stream()
          .filter(decision -> !decision.allows())
          .findFirst()
          .ifPresent(
              decision ->
                  json.put("why", Text.of(decision.gate() + ": " + decision.verdict().reason())));
    } else if (report.result() instanceof PassResult.Awaiting awaiting) {
      json.put("why", Text.of("waits for " + awaiting.wave()));
    }
    report.plan().ifPresent(plan -> json.put("resources", Numeral.of(resources(plan))));
    return json.build();
  }

  private static long resources(Plan plan) {
    return (long) plan.inSync() + plan.actions().size();
  }

  private static String result(PassResult result) {
    if (result instanceof PassResult.Done) {
      return "DONE";
    } else if (result instanceof PassResult.Awaiting) {
      return "AWAITING";
    } else if (result instanceof PassResult.Refused) {
      return "REFUSED";
    } else if (result instanceof PassResult.Failed) {
      return "FAILED";
    }
    throw new AssertionError(result);
  }
}
