package io.github.gitops4j.report;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.diff.FieldChange;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.Origin;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One line of a report for a machine that counts problems.
 *
 * @param rule what sort of finding it is
 * @param level how bad it is
 * @param subject what it is about
 * @param message what is to be said; nothing is escaped yet
 * @param changes the fields that change
 * @param origin where it comes from
 */
record Finding(
    Rule rule,
    Level level,
    String subject,
    String message,
    List<FieldChange> changes,
    Optional<Origin> origin) {
  Finding {
    requireNonNull(rule, "rule");
    requireNonNull(level, "level");
    requireNonNull(subject, "subject");
    requireNonNull(message, "message");
    changes = List.copyOf(changes);
    requireNonNull(origin, "origin");
  }

  static Finding of(Rule rule, Level level, String subject, String message) {
    return new Finding(rule, level, subject, message, List.of(), Optional.empty());
  }

  /** Returns all there is to say in one line. */
  String text() {
    String all = changes.stream().map(Wording::change).collect(Collectors.joining("; "));
    return all.isEmpty() ? message : message + "; " + all;
  }

  /** Returns what it is about and all there is to say; many messages say both. It is not empty. */
  String sentence() {
    String sentence = message.startsWith(subject) ? text() : subject + ": " + text();
    return sentence.isEmpty() ? rule.description() : sentence;
  }

  /** Returns by what it is known again in a later report of the same item. */
  ContentDigest fingerprint(ReportItem item) {
    String file = origin.map(Origin::file).orElse("");
    return ContentDigest.of(
        Items.name(item) + "\n" + rule.id() + "\n" + Printable.of(file) + "\n" + sentence());
  }

  /** Returns the same of a file whose path begins with a directory. */
  Finding in(String directory) {
    return new Finding(
        rule,
        level,
        subject,
        message,
        changes,
        origin.map(at -> new Origin(directory + "/" + at.file(), at.document(), at.line())));
  }

  /** How bad it is. */
  enum Level {
    PASS,
    NOTE,
    WARNING,
    ERROR
  }

  /** The sorts; the ids are read by other programs and do not change. */
  enum Rule {
    DRIFT("drift", "Live and declared state differ."),
    HELD("held", "An action is withheld."),
    BROKEN_INPUT("broken-input", "A declared file cannot be understood."),
    APPLIED("applied", "An action was carried out."),
    APPLY_FAILED("apply-failed", "An action failed."),
    GATE("gate", "A gate decided about a plan."),
    HEALTH("health", "A resource is not healthy."),
    KEPT_ASIDE("kept-aside", "Live content had to give way and was kept."),
    OPERATION("operation", "Something was recorded."),
    FAILURE("failure", "An application could not be looked at."),
    AMBIGUOUS_INPUT("ambiguous-input", "Other tools read a declared value otherwise."),
    AUDIT("audit", "The records of a history were looked at."),
    SCHEMA("schema", "A declared field is not one that the kind can have."),
    POLICY("policy", "A declared resource is not allowed."),
    DUPLICATE("duplicate", "A resource is declared more than once."),
    CHECK("check", "A check of the user has found something.");

    private final String id;
    private final String description;

    Rule(String id, String description) {
      this.id = id;
      this.description = description;
    }

    String id() {
      return id;
    }

    String description() {
      return description;
    }
  }
}
