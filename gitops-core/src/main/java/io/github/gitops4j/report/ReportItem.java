package io.github.gitops4j.report;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.error.Failure;
import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.history.HistoryAudit;
import io.github.gitops4j.history.HistoryRecord;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.TargetStatus;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.BrokenInput;
import io.github.gitops4j.source.InputFinding;
import io.github.gitops4j.source.InputWarning;
import io.github.gitops4j.source.Revision;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What can be reported about one application.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public sealed interface ReportItem
    permits ReportItem.OfPlan,
        ReportItem.OfPreview,
        ReportItem.OfStatus,
        ReportItem.OfPass,
        ReportItem.OfHistory,
        ReportItem.OfAudit,
        ReportItem.OfDiff,
        ReportItem.OfHealth,
        ReportItem.OfInputs,
        ReportItem.OfKeptAside,
        ReportItem.OfFailure,
        ReportItem.InDirectory {

  /** Returns the name of the application; empty text if it has none. */
  String application();

  /**
   * What a pass would do.
   *
   * @param application its name
   * @param plan the plan
   */
  record OfPlan(String application, Plan plan) implements ReportItem {
    /** Checks the parts. */
    public OfPlan {
      requireNonNull(application, "application");
      requireNonNull(plan, "plan");
    }
  }

  /**
   * What going from one revision to another does.
   *
   * @param application its name
   * @param from the older revision
   * @param plan the way to the newer one, which {@code Preview} has made
   */
  record OfPreview(String application, Revision from, Plan plan) implements ReportItem {
    /** Checks the parts. */
    public OfPreview {
      requireNonNull(application, "application");
      requireNonNull(from, "from");
      requireNonNull(plan, "plan");
    }
  }

  /**
   * How a target stands.
   *
   * @param application its name
   * @param status the status
   */
  record OfStatus(String application, TargetStatus status) implements ReportItem {
    /** Checks the parts. */
    public OfStatus {
      requireNonNull(application, "application");
      requireNonNull(status, "status");
    }
  }

  /**
   * What a pass did.
   *
   * @param application its name
   * @param report the pass
   */
  record OfPass(String application, ReconcileReport report) implements ReportItem {
    /** Checks the parts. */
    public OfPass {
      requireNonNull(application, "application");
      requireNonNull(report, "report");
    }
  }

  /**
   * What was recorded, newest first.
   *
   * @param application its name
   * @param records the records
   */
  record OfHistory(String application, List<HistoryRecord> records) implements ReportItem {
    /** Copies the list. */
    public OfHistory {
      requireNonNull(application, "application");
      records = List.copyOf(records);
    }
  }

  /**
   * What a look at every record has found.
   *
   * @param application its name
   * @param audit what was found
   */
  record OfAudit(String application, HistoryAudit audit) implements ReportItem {
    /** Checks the parts. */
    public OfAudit {
      requireNonNull(application, "application");
      requireNonNull(audit, "audit");
    }
  }

  /**
   * How two sides differ.
   *
   * @param application its name
   * @param differences what differs, in the order to be shown
   */
  record OfDiff(String application, List<Difference> differences) implements ReportItem {
    /** Copies the list. */
    public OfDiff {
      requireNonNull(application, "application");
      differences = List.copyOf(differences);
    }
  }

  /**
   * How healthy resources are.
   *
   * @param application its name
   * @param health each resource's health
   */
  record OfHealth(String application, SortedMap<ResourceKey, HealthReport> health)
      implements ReportItem {
    /** Copies the map. */
    public OfHealth {
      requireNonNull(application, "application");
      health = Collections.unmodifiableSortedMap(new TreeMap<>(health));
    }
  }

  /**
   * Which declared files are understood.
   *
   * @param application its name
   * @param resources how many resources are declared
   * @param broken what is not understood
   * @param warnings what other tools may understand otherwise
   * @param findings what checks have found
   */
  record OfInputs(
      String application,
      int resources,
      List<BrokenInput> broken,
      List<InputWarning> warnings,
      List<InputFinding> findings)
      implements ReportItem {
    /** Copies the lists. */
    public OfInputs {
      requireNonNull(application, "application");
      broken = List.copyOf(broken);
      warnings = List.copyOf(warnings);
      findings = List.copyOf(findings);
    }

    /** Says whether something is wrong, and not only doubtful. */
    public boolean hasErrors() {
      return !broken.isEmpty()
          || findings.stream()
              .anyMatch(finding -> finding.severity() == InputFinding.Severity.ERROR);
    }
  }

  /**
   * What had to give way and was kept.
   *
   * @param application its name
   * @param kept what was kept, in the order to be shown
   */
  record OfKeptAside(String application, List<KeptAside> kept) implements ReportItem {
    /** Copies the list. */
    public OfKeptAside {
      requireNonNull(application, "application");
      kept = List.copyOf(kept);
    }
  }

  /**
   * Why there is nothing else to report.
   *
   * @param application its name
   * @param failure what failed
   */
  record OfFailure(String application, Failure failure) implements ReportItem {
    /** Checks the parts. */
    public OfFailure {
      requireNonNull(application, "application");
      requireNonNull(failure, "failure");
    }
  }

  /**
   * A report about files of which the paths begin in a directory of the repository, so that others
   * find them there.
   *
   * @param item the report
   * @param directory the directory, without a slash at its end
   */
  record InDirectory(ReportItem item, String directory) implements ReportItem {
    /** Checks the parts. */
    public InDirectory {
      requireNonNull(item, "item");
      if (item instanceof InDirectory || directory.isEmpty() || directory.endsWith("/")) {
        throw new IllegalArgumentException("expected one directory, not " + directory);
      }
    }

    @Override
    public String application() {
      return item.application();
    }
  }
}
