package io.github.gitops4j.kubernetes.schema;

import io.github.gitops4j.resource.Mapping;
import java.util.List;
import java.util.Optional;

/**
 * A rule of a schema. Nothing that it says comes from an object.
 *
 * <p>Immutable and thread-safe.
 *
 * @param text the rule itself, in one line, and of a long one the beginning
 * @param at where it stands in the schema
 * @param field the fields below the value to the one about which it is
 * @param message what is said if it does not hold
 * @param compiled the rule
 */
record SchemaRule(
    String text, String at, List<String> field, String message, CompiledRule compiled) {
  private static final int LONGEST = 300;

  static SchemaRule of(Mapping rule, Mapping schema, String at, CompiledRule compiled) {
    String text = line(rule.text("rule").orElse(""));
    List<String> field =
        rule.text("fieldPath")
            .flatMap(RuleFieldPath::parse)
            .filter(names -> RuleFieldPath.isIn(names, schema))
            .orElse(List.of());
    return new SchemaRule(text, at, field, message(rule, text, compiled), compiled);
  }

  /**
   * The server evaluates {@code messageExpression} first. What it says may hold values, unless it
   * is the same for all objects.
   */
  private static String message(Mapping rule, String text, CompiledRule compiled) {
    Optional<String> constant =
        compiled instanceof CompiledRule.Ready ready ? ready.message() : Optional.empty();
    String message =
        constant
            .or(() -> rule.text("message"))
            .map(SchemaRule::line)
            .filter(said -> !said.isEmpty())
            .orElse("failed rule: " + text);
    return switch (rule.text("reason").orElse("")) {
      case "FieldValueForbidden" -> "forbidden: " + message;
      case "FieldValueRequired" -> "required: " + message;
      case "FieldValueDuplicate" -> "duplicate: " + message;
      default -> message;
    };
  }

  private static String line(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
  }
}
