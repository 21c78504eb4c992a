package io.github.gitops4j.kubernetes.schema;

import io.github.gitops4j.resource.Bool;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules of a schema, each at the place of what it is about; places without rules are left out.
 * Junctions of schemas have none.
 *
 * <p>Immutable and thread-safe.
 *
 * @param rules the rules of this place
 * @param fields what is below known fields of it
 * @param others what is below all its other fields
 * @param items what is below each of its items
 */
record RuleTree(
    List<SchemaRule> rules,
    Map<String, RuleTree> fields,
    Optional<RuleTree> others,
    Optional<RuleTree> items) {
  /** No rules. */
  static final RuleTree NONE =
      new RuleTree(List.of(), Map.of(), Optional.empty(), Optional.empty());

  /** Compiles the rules of a kind. */
  static RuleTree of(Mapping schema, RuleCompiler compiler) {
    return new Reader(compiler).tree(schema, true, "");
  }

  /** Says whether there is no rule. */
  boolean isEmpty() {
    return rules.isEmpty() && fields.isEmpty() && others.isEmpty() && items.isEmpty();
  }

  private record Reader(RuleCompiler compiler) {
    RuleTree tree(Mapping schema, boolean resource, String at) {
      return new RuleTree(
          rules(schema, resource, at.isEmpty() ? "/" : at),
          fields(schema, at),
          below(schema, "additionalProperties", at + "/*"),
          below(schema, "items", at + "/*"));
    }

    private List<SchemaRule> rules(Mapping schema, boolean resource, String at) {
      List<SchemaRule> rules = new ArrayList<>();
      if (schema.get("x-kubernetes-validations").orElse(null) instanceof Sequence list) {
        for (int i = 0; i < list.size(); i++) {
          if (list.get(i) instanceof Mapping rule && !rule.text("rule").orElse("").isBlank()) {
            rules.add(SchemaRule.of(rule, schema, at, compiler.compile(rule, schema, resource)));
          }
        }
      }
      return List.copyOf(rules);
    }

    private Map<String, RuleTree> fields(Mapping schema, String at) {
      Map<String, RuleTree> fields = new LinkedHashMap<>();
      if (schema.get("properties").orElse(null) instanceof Mapping known) {
        for (String name : known.keys()) {
          below(known, name, at + "/" + name).ifPresent(below -> fields.put(name, below));
        }
      }
      return Map.copyOf(fields);
    }

    private Optional<RuleTree> below(Mapping schema, String key, String at) {
      return schema.get(key).orElse(null) instanceof Mapping below
          ? Optional.of(tree(below, isEmbedded(below), at)).filter(tree -> !tree.isEmpty())
          : Optional.empty();
    }

    private static boolean isEmbedded(Mapping schema) {
      return Bool.TRUE.equals(schema.get("x-kubernetes-embedded-resource").orElse(null));
    }
  }
}
