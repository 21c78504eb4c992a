package io.github.gitops4j.reconcile;

import io.github.gitops4j.apply.ApplyOutcome;
import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.resource.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** What an operation did and what it lacks, in words for the history and for failures. */
final class InWords {
  private static final int NOTES_KEPT = 50;
  private static final int REASONS_SHOWN = 20;

  private InWords() {}

  /** Returns why an operation has failed. */
  static String reason(PassResult result, List<ApplyOutcome> outcomes) {
    if (result instanceof PassResult.Failed failed) {
      return failed.failure().message();
    }
    return String.join("; ", notes(outcomes));
  }

  /** Returns what is not healthy or still there, and why. */
  static String missing(SortedMap<ResourceKey, HealthReport> missing) {
    String some =
        missing.entrySet().stream()
            .limit(REASONS_SHOWN)
            .map(InWords::missing)
            .collect(Collectors.joining(", "));
    int more = missing.size() - REASONS_SHOWN;
    return more > 0 ? some + " and " + more + " more" : some;
  }

  private static String missing(Map.Entry<ResourceKey, HealthReport> entry) {
    HealthReport report = entry.getValue();
    String health = report.health().name().toLowerCase(Locale.ROOT);
    return entry.getKey() + " (" + health + ": " + report.reason() + ")";
  }

  /** Returns what went wrong or was kept aside, a line each. */
  static List<String> notes(List<ApplyOutcome> outcomes) {
    List<String> notes = new ArrayList<>();
    for (ApplyOutcome outcome : outcomes) {
      String note = note(outcome);
      if (!note.isEmpty()) {
        notes.add(note);
      }
    }
    if (notes.size() > NOTES_KEPT) {
      int more = notes.size() - NOTES_KEPT;
      notes = new ArrayList<>(notes.subList(0, NOTES_KEPT));
      notes.add("and " + more + " more");
    }
    return notes;
  }

  private static String note(ApplyOutcome outcome) {
    if (outcome instanceof ApplyOutcome.Failed failed) {
      return failed.key() + ": " + failed.failure();
    }
    String kept = "";
    if (outcome instanceof ApplyOutcome.Written written) {
      kept = written.keptAside();
    } else if (outcome instanceof ApplyOutcome.Removed removed) {
      kept = removed.keptAside();
    }
    return kept.isEmpty() ? "" : outcome.key() + ": kept aside as " + kept;
  }
}
