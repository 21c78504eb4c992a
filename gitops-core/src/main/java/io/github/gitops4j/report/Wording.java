package io.github.gitops4j.report;

import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.diff.Drift;
import io.github.gitops4j.diff.FieldChange;
import io.github.gitops4j.gate.GateDecision;
import io.github.gitops4j.history.HistoryAudit;
import io.github.gitops4j.plan.LiveContent;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.source.BrokenInput;
import io.github.gitops4j.source.InputFinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The words that formats share. Nothing is escaped yet. */
final class Wording {
  private Wording() {}

  static String title(String what, String application) {
    return application.isEmpty() ? what : what + " of " + application;
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Returns why an action is held, or what it keeps aside; empty if there is nothing to add. */
  static String remark(PlannedAction action) {
    if (action instanceof PlannedAction.Hold hold) {
      return word(hold.withheld()) + " withheld: " + hold.message();
    }
    boolean kept =
        action instanceof PlannedAction.Update update
            && update.overwritten() == LiveContent.KEEP_ASIDE;
    return kept ? "the live content is kept aside" : "";
  }

  static String remark(ApplyOutcome outcome) {
    if (outcome instanceof ApplyOutcome.Written written) {
      return keptAside(written.keptAside());
    } else if (outcome instanceof ApplyOutcome.Removed removed) {
      return keptAside(removed.keptAside());
    } else if (outcome instanceof ApplyOutcome.Removing removing) {
      return removing.reason();
    } else if (outcome instanceof ApplyOutcome.Failed failed) {
      return failed.failure().toString();
    }
    throw new AssertionError(outcome);
  }

  private static String keptAside(String place) {
    return place.isEmpty() ? "" : "what was there is in " + place;
  }

  /** Returns where a broken input is and what is wrong; most failures name their place already. */
  static String broken(BrokenInput input) {
    String message = input.failure().message();
    return message.startsWith(input.origin().file()) ? message : input.origin() + ": " + message;
  }

  static String change(FieldChange change) {
    return change.path()
        + ": "
        + PlanText.value(change.before())
        + " -> "
        + PlanText.value(change.after());
  }

  static String decision(GateDecision decision) {
    String reason = decision.verdict().reason();
    String verdict = decision.verdict().word();
    return "gate " + decision.gate() + ": " + (reason.isEmpty() ? verdict : reason);
  }

  static String result(PassResult result) {
    if (result instanceof PassResult.Done) {
      return "done";
    } else if (result instanceof PassResult.Awaiting awaiting) {
      return "waiting for health of " + awaiting.wave() + " until " + awaiting.deadline();
    } else if (result instanceof PassResult.Refused) {
      return "refused";
    } else if (result instanceof PassResult.Failed failed) {
      return "failed (" + failed.stage() + "): " + failed.failure();
    }
    throw new AssertionError(result);
  }

  static String kept(KeptAside kept) {
    return kept.restored()
        .map(key -> "restored as " + key + " from " + kept.id())
        .orElseGet(() -> "kept as " + kept.id());
  }

  static String differences(int count) {
    return count == 0 ? "equal" : count == 1 ? "1 differs" : count + " differ";
  }

  static String inputs(ReportItem.OfInputs inputs) {
    String declared = inputs.resources() + " declared";
    long errors =
        inputs.findings().stream()
            .filter(finding -> finding.severity() == InputFinding.Severity.ERROR)
            .count();
    List<String> parts = new ArrayList<>();
    if (!inputs.broken().isEmpty()) {
      parts.add(inputs.broken().size() + " broken");
    }
    if (errors > 0) {
      parts.add(errors + " wrong");
    }
    if (parts.isEmpty()) {
      parts.add("valid");
    }
    parts.add(declared);
    return String.join(", ", parts);
  }

  static String audit(HistoryAudit audit) {
    String records = audit.records() == 1 ? "1 record" : audit.records() + " records";
    return audit instanceof HistoryAudit.Whole
        ? "whole, " + records
        : "broken after " + records + " in order";
  }

  static String drift(Drift drift) {
    if (drift instanceof Drift.InSync) {
      return "equal";
    } else if (drift instanceof Drift.Missing) {
      return "missing";
    } else if (drift instanceof Drift.Extra) {
      return "extra";
    } else if (drift instanceof Drift.Changed) {
      return "changed";
    } else if (drift instanceof Drift.Undecided) {
      return "undecided";
    }
    throw new AssertionError(drift);
  }
}
