package io.github.gitops4j.kubernetes.schema;

import io.github.gitops4j.resource.Bool;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Null;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Value;
import java.util.Optional;

/**
 * Puts into an object of a custom kind what its schema says is there if nothing else is, as the
 * server does before it looks at rules. What is there keeps its line.
 *
 * <p>Thread-safe.
 */
final class Defaults {
  private static final String DEFAULT = "default";

  private Defaults() {}

  /** Returns a value with its defaults. */
  static Value in(Value value, Mapping schema) {
    if (value instanceof Mapping object) {
      return object(object, schema);
    } else if (value instanceof Sequence items) {
      return schema.get("items").orElse(null) instanceof Mapping each ? items(items, each) : value;
    }
    return value;
  }

  private static Mapping object(Mapping object, Mapping schema) {
    Mapping known = part(schema, "properties");
    Optional<Mapping> others =
        schema.get("additionalProperties").orElse(null) instanceof Mapping each
            ? Optional.of(each)
            : Optional.empty();
    Mapping.Builder filled = object.toBuilder();
    for (int i = 0; i < object.size(); i++) {
      String name = object.key(i);
      Optional<Mapping> below =
          known.get(name).isPresent() ? Optional.of(part(known, name)) : others;
      if (below.isPresent()) {
        filled.set(name, given(object.value(i), below.get()), object.line(i));
      }
    }
    for (int i = 0; i < known.size(); i++) {
      Mapping field = part(known, known.key(i));
      Optional<Value> preset = field.get(DEFAULT);
      if (preset.isPresent()) {
        filled.putIfAbsent(known.key(i), in(preset.get(), field), 0);
      }
    }
    return filled.build();
  }

  private static Sequence items(Sequence items, Mapping schema) {
    Sequence.Builder filled = Sequence.builder();
    for (int i = 0; i < items.size(); i++) {
      filled.add(given(items.get(i), schema), items.line(i));
    }
    return filled.build();
  }

  /** Null in the place of what cannot be null is as if nothing were there. */
  private static Value given(Value value, Mapping schema) {
    boolean nullable = Bool.TRUE.equals(schema.get("nullable").orElse(null));
    return value == Null.INSTANCE && !nullable
        ? schema.get(DEFAULT).map(preset -> in(preset, schema)).orElse(value)
        : in(value, schema);
  }

  private static Mapping part(Mapping schema, String key) {
    return schema.get(key).orElse(null) instanceof Mapping part ? part : Mapping.empty();
  }
}
