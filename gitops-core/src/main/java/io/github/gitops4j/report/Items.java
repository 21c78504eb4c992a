package io.github.gitops4j.report;

import io.github.gitops4j.plan.Plan;
import java.util.Optional;

/** What can be asked of any item. */
final class Items {
  private Items() {}

  /** Returns the report itself, without where its files are. */
  static ReportItem plain(ReportItem item) {
    return item instanceof ReportItem.InDirectory placed ? placed.item() : item;
  }

  /** Returns the word for what it is; other programs read it. */
  static String type(ReportItem given) {
    ReportItem item = plain(given);
    if (item instanceof ReportItem.OfPlan) {
      return "plan";
    } else if (item instanceof ReportItem.OfPreview) {
      return "preview";
    } else if (item instanceof ReportItem.OfStatus) {
      return "status";
    } else if (item instanceof ReportItem.OfPass) {
      return "pass";
    } else if (item instanceof ReportItem.OfHistory) {
      return "history";
    } else if (item instanceof ReportItem.OfAudit) {
      return "audit";
    } else if (item instanceof ReportItem.OfDiff) {
      return "diff";
    } else if (item instanceof ReportItem.OfHealth) {
      return "health";
    } else if (item instanceof ReportItem.OfInputs) {
      return "inputs";
    } else if (item instanceof ReportItem.OfKeptAside) {
      return "quarantine";
    } else if (item instanceof ReportItem.OfFailure) {
      return "failure";
    }
    throw new AssertionError(item);
  }

  /** Returns the plan that it is about. */
  static Optional<Plan> plan(ReportItem given) {
    ReportItem item = plain(given);
    if (item instanceof ReportItem.OfPlan of) {
      return Optional.of(of.plan());
    } else if (item instanceof ReportItem.OfPreview of) {
      return Optional.of(of.plan());
    } else if (item instanceof ReportItem.OfStatus of) {
      return Optional.of(of.status().plan());
    } else if (item instanceof ReportItem.OfPass of) {
      return of.report().plan();
    }
    return Optional.empty();
  }

  /** Returns how it ended, where that can be said in a word. */
  static Optional<String> verdict(ReportItem given) {
    ReportItem item = plain(given);
    if (item instanceof ReportItem.OfStatus of) {
      return Optional.of(of.status().inSync() ? "in sync" : "out of sync");
    } else if (item instanceof ReportItem.OfPass of) {
      return Optional.of(Wording.result(of.report().result()));
    } else if (item instanceof ReportItem.OfInputs of) {
      return Optional.of(Wording.inputs(of));
    } else if (item instanceof ReportItem.OfAudit of) {
      return Optional.of(Wording.audit(of.audit()));
    } else if (item instanceof ReportItem.OfDiff of) {
      return Optional.of(Wording.differences(of.differences().size()));
    }
    return Optional.empty();
  }

  /** Returns the name to group it under. */
  static String name(ReportItem item) {
    return item.application().isEmpty()
        ? "gitops." + type(item)
        : "gitops." + type(item) + "." + Printable.of(item.application());
  }
}
