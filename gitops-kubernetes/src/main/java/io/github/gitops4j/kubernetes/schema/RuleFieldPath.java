package io.github.gitops4j.kubernetes.schema;

import io.github.gitops4j.resource.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The way of a rule to name the field that it is about: {@code .spec.ports['my-port']}. */
final class RuleFieldPath {
  private RuleFieldPath() {}

  /** Returns the names; nothing if it is no such path. */
  static Optional<List<String>> parse(String text) {
    List<String> names = new ArrayList<>();
    int position = 0;
    while (position < text.length()) {
      int end;
      if (text.charAt(position) == '.') {
        end = end(text, position + 1);
        names.add(text.substring(position + 1, end));
      } else if (text.startsWith("['", position)) {
        end = quote(text, position + 2);
        if (end < 0 || !text.startsWith("']", end)) {
          return Optional.empty();
        }
        names.add(text.substring(position + 2, end).replaceAll("\\\\(.)", "$1"));
        end += 2;
      } else {
        return Optional.empty();
      }
      position = end;
    }
    return names.contains("") ? Optional.empty() : Optional.of(List.copyOf(names));
  }

  private static int end(String text, int from) {
    int end = from;
    while (end < text.length() && ".[]".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  private static int quote(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) != '\'') {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    return end < text.length() ? end : -1;
  }

  /** Says whether a schema knows the field. */
  static boolean isIn(List<String> names, Mapping schema) {
    Mapping at = schema;
    for (String name : names) {
      if (at.get("properties").orElse(null) instanceof Mapping known) {
        if (!(known.get(name).orElse(null) instanceof Mapping below)) {
          return false;
        }
        at = below;
      } else if (at.get("additionalProperties").orElse(null) instanceof Mapping below) {
        at = below;
      } else {
        return false;
      }
    }
    return true;
  }
}
