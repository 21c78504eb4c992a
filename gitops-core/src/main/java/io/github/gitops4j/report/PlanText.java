package io.github.gitops4j.report;

import io.github.gitops4j.diff.FieldChange;
import io.github.gitops4j.diff.FieldValue;
import io.github.gitops4j.plan.ActionKind;
import io.github.gitops4j.plan.LiveContent;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.report.Ink.Tone;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.source.BrokenInput;
import io.github.gitops4j.source.InputWarning;
import io.github.gitops4j.source.Revision;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A plan as text. */
final class PlanText {
  private static final int KIND_WIDTH = 10;
  private static final int VALUE_LENGTH = 60;

  private final Lines lines;

  PlanText(Lines lines) {
    this.lines = lines;
  }

  void plan(Plan plan) {
    lines.line(
        lines.paint(Tone.TITLE, "plan")
            + " to "
            + Printable.of(Names.revision(plan.revision()))
            + " for "
            + Printable.of(plan.header().target()));
    actions(plan);
    inputs(plan.broken(), plan.warnings());
    lines.line("  " + summary(plan));
    if (!plan.isEmpty()) {
      lines.line(lines.paint(Tone.QUIET, "  digest " + plan.digest().hex()));
    }
  }

  void preview(Revision from, Plan plan) {
    lines.line(
        lines.paint(Tone.TITLE, "preview")
            + " from "
            + Printable.of(Names.revision(from))
            + " to "
            + Printable.of(Names.revision(plan.revision()))
            + " for "
            + Printable.of(plan.header().target()));
    actions(plan);
    inputs(plan.broken(), plan.warnings());
    lines.line("  " + whatToDo(plan));
  }

  void actions(Plan plan) {
    lines.each(plan.actions(), this::action);
  }

  void inputs(List<BrokenInput> broken, List<InputWarning> warnings) {
    lines.each(broken, input -> input(Tone.BAD, "! broken", Wording.broken(input)));
    lines.each(
        warnings,
        warning -> input(Tone.CHANGE, "? warning", warning.origin() + ": " + warning.message()));
  }

  /** Shows what is to be said of an input. */
  void input(Finding finding) {
    boolean bad = finding.level() == Finding.Level.ERROR;
    input(bad ? Tone.BAD : Tone.CHANGE, (bad ? "! " : "? ") + word(finding.rule()), place(finding));
  }

  private static String word(Finding.Rule rule) {
    return switch (rule) {
      case BROKEN_INPUT -> "broken";
      case AMBIGUOUS_INPUT -> "warning";
      default -> rule.id();
    };
  }

  private static String place(Finding finding) {
    String file = finding.origin().orElseThrow().file();
    return finding.message().startsWith(file) ? finding.message() : finding.sentence();
  }

  private void input(Tone tone, String word, String what) {
    lines.line(
        "  " + lines.paint(tone, Lines.padded(word, KIND_WIDTH + 2)) + " " + Printable.of(what));
  }

  private void action(PlannedAction action) {
    String word = sign(action.kind()) + " " + action.kind().name().toLowerCase(Locale.ROOT);
    lines.line(
        "  "
            + lines.paint(tone(action.kind()), Lines.padded(word, KIND_WIDTH + 2))
            + " "
            + Printable.of(action.key().toString())
            + lines.paint(Tone.QUIET, Printable.of(remark(action))));
    lines.each(action.changes(), this::change);
  }

  private void change(FieldChange change) {
    lines.line(
        "      "
            + Printable.of(change.path().toString())
            + ": "
            + value(change.before())
            + " -> "
            + value(change.after()));
  }

  private static String remark(PlannedAction action) {
    if (action instanceof PlannedAction.Hold hold) {
      String withheld = hold.withheld().name().toLowerCase(Locale.ROOT);
      return "  (" + withheld + " withheld: " + hold.message() + ")";
    }
    boolean kept =
        action instanceof PlannedAction.Update update
            && update.overwritten() == LiveContent.KEEP_ASIDE;
    return kept ? "  (the live content is kept aside)" : "";
  }

  static String value(FieldValue value) {
    return value(value, VALUE_LENGTH);
  }

  static String value(FieldValue value, int longest) {
    if (value instanceof FieldValue.Shown shown) {
      byte[] json = Document.of(shown.value()).canonicalJson();
      String text = new String(json, StandardCharsets.UTF_8);
      return Printable.of(shortened(text, longest));
    } else if (value instanceof FieldValue.Hashed hashed) {
      String digest = hashed.digest().abbreviated();
      return hashed.size().isPresent()
          ? digest + " (" + hashed.size().getAsLong() + " bytes)"
          : digest;
    }
    return Printable.of(value.toString());
  }

  /** Returns the first characters of a text; none is cut in half. */
  static String shortened(String text, int longest) {
    if (text.length() <= longest || text.codePointCount(0, text.length()) <= longest) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, longest)) + "...";
  }

  /** Returns the counts in words, without those that are zero. */
  static String summary(Plan plan) {
    return whatToDo(plan) + ", " + plan.inSync() + " in sync";
  }

  /** Returns in words what a plan does, without what is left as it is. */
  static String whatToDo(Plan plan) {
    List<String> parts = new ArrayList<>();
    if (!plan.isEmpty()) {
      parts.add(counts(plan.counts()));
    }
    if (!plan.broken().isEmpty()) {
      parts.add(plan.broken().size() + " broken");
    }
    if (parts.isEmpty()) {
      parts.add("nothing to do");
    }
    return String.join(", ", parts);
  }

  /** Returns in words how many actions of each kind there are. */
  static String counts(Map<ActionKind, Integer> counts) {
    return counts.entrySet().stream()
        .map(entry -> entry.getValue() + " to " + verb(entry.getKey()))
        .collect(Collectors.joining(", "));
  }

  private static String verb(ActionKind kind) {
    return kind == ActionKind.RUN_HOOK ? "run" : kind.name().toLowerCase(Locale.ROOT);
  }

  private static String sign(ActionKind kind) {
    return switch (kind) {
      case CREATE -> "+";
      case UPDATE, REPLACE -> "~";
      case ADOPT -> "=";
      case RUN_HOOK -> ">";
      case PRUNE, QUARANTINE -> "-";
      case RELEASE -> "x";
      case HOLD -> "!";
    };
  }

  private static Tone tone(ActionKind kind) {
    return switch (kind) {
      case CREATE, ADOPT -> Tone.GOOD;
      case UPDATE, REPLACE, RELEASE, RUN_HOOK -> Tone.CHANGE;
      case PRUNE, QUARANTINE, HOLD -> Tone.BAD;
    };
  }
}
