package io.github.gitops4j.report;

import io.github.gitops4j.gate.GateDecision;
import io.github.gitops4j.history.HistoryAudit;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.history.HistoryRecord;
import io.github.gitops4j.report.Ink.Tone;
import io.github.gitops4j.source.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Records of a history as text. */
final class HistoryText {
  private static final int NUMBER_WIDTH = 5;
  private static final int WORD_WIDTH = 12;

  private final Lines lines;

  HistoryText(Lines lines) {
    this.lines = lines;
  }

  void history(List<HistoryRecord> records) {
    if (records.isEmpty()) {
      lines.line("no history yet");
    }
    lines.each(records, this::record);
  }

  void audit(HistoryAudit audit) {
    if (audit instanceof HistoryAudit.Broken broken) {
      lines.line(
          "  "
              + lines.paint(Tone.BAD, Lines.padded("! broken", WORD_WIDTH))
              + " "
              + Printable.of(broken.breach().toString()));
    }
    lines.line("  " + Wording.audit(audit));
    if (audit.records() > 0) {
      lines.line(
          lines.paint(Tone.QUIET, "  #" + audit.records() + " has digest " + audit.digest().hex()));
    }
  }

  private void record(HistoryRecord record) {
    lines.line(
        lines.paint(Tone.TITLE, Lines.padded("#" + record.sequence(), NUMBER_WIDTH))
            + " "
            + record.time()
            + "  "
            + Printable.of(what(record.event())));
    lines.each(
        notes(record.event()),
        note -> lines.line(lines.paint(Tone.QUIET, "        " + Printable.of(note))));
  }

  static String what(HistoryEvent event) {
    if (event instanceof HistoryEvent.OperationBegan began) {
      return "began to apply "
          + Names.revision(began.revision())
          + by(began.context().provenance());
    } else if (event instanceof HistoryEvent.OperationAwaits awaits) {
      return "waits for " + awaits.wave() + ": " + awaited(awaits);
    } else if (event instanceof HistoryEvent.OperationEnded ended) {
      return ended.result().name().toLowerCase(Locale.ROOT).replace('_', ' ')
          + " at "
          + Names.revision(ended.revision())
          + effects(ended);
    } else if (event instanceof HistoryEvent.OperationFailing failing) {
      return "has failed, and runs its hooks for that: " + failing.reason();
    } else if (event instanceof HistoryEvent.HookStarted started) {
      return "runs hook " + started.run().key();
    } else if (event instanceof HistoryEvent.HookEnded ended) {
      String reason = ended.reason().isEmpty() ? "" : ": " + ended.reason();
      return "hook " + ended.key() + " " + ended.end().name().toLowerCase(Locale.ROOT) + reason;
    } else if (event instanceof HistoryEvent.HooksRetried retried) {
      return "hooks that failed may run again: " + retried.by();
    } else if (event instanceof HistoryEvent.PlanApproved approved) {
      return "plan " + approved.plan().abbreviated() + " approved by " + approved.by();
    } else if (event instanceof HistoryEvent.PlanRefused refused) {
      return "not allowed: plan "
          + refused.plan().abbreviated()
          + " to "
          + Names.revision(refused.revision())
          + by(refused.context().provenance());
    } else if (event instanceof HistoryEvent.RevisionFailed failed) {
      return "failed after all at " + Names.revision(failed.revision()) + ": " + failed.reason();
    } else if (event instanceof HistoryEvent.RevisionPinned pinned) {
      return "pinned to " + Names.revision(pinned.revision()) + " by " + pinned.by();
    } else if (event instanceof HistoryEvent.RevisionUnpinned unpinned) {
      return "follows the source again: " + unpinned.by();
    }
    throw new AssertionError(event);
  }

  private static String by(Provenance provenance) {
    String author = provenance.author().isEmpty() ? "" : " by " + provenance.author();
    boolean another = !provenance.committer().equals(provenance.author());
    String committer =
        provenance.committer().isEmpty() || !another
            ? ""
            : ", committed by " + provenance.committer();
    String signer = provenance.signer().map(name -> ", signed by " + name).orElse("");
    return author + committer + signer;
  }

  private static String awaited(HistoryEvent.OperationAwaits awaits) {
    String unhealthy = awaits.keys().size() + " not healthy";
    return awaits.removals().isEmpty()
        ? unhealthy
        : unhealthy + ", " + awaits.removals().size() + " being removed";
  }

  private static String effects(HistoryEvent.OperationEnded ended) {
    List<String> parts = new ArrayList<>();
    ended
        .effects()
        .forEach(
            (effect, count) -> parts.add(count + " " + effect.name().toLowerCase(Locale.ROOT)));
    return parts.isEmpty() ? "" : ": " + String.join(", ", parts);
  }

  static List<String> notes(HistoryEvent event) {
    if (event instanceof HistoryEvent.OperationEnded ended) {
      return ended.notes();
    } else if (event instanceof HistoryEvent.OperationBegan began) {
      return context(began.context());
    } else if (event instanceof HistoryEvent.PlanRefused refused) {
      return context(refused.context());
    }
    return List.of();
  }

  private static List<String> context(HistoryEvent.OperationContext context) {
    List<String> notes = new ArrayList<>();
    if (!context.planned().isEmpty()) {
      notes.add("planned: " + PlanText.counts(context.planned()));
    }
    context.decisions().stream()
        .filter(decision -> !decision.verdict().reason().isEmpty())
        .map(HistoryText::decision)
        .forEach(notes::add);
    context.approvedBy().ifPresent(by -> notes.add("approved by " + by));
    return notes;
  }

  private static String decision(GateDecision decision) {
    return "gate " + decision.gate() + ": " + decision.verdict().reason();
  }
}
