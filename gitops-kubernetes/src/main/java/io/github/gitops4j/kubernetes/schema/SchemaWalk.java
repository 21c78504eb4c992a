package io.github.gitops4j.kubernetes.schema;

import io.github.gitops4j.kubernetes.schema.Schema.Dialect;
import io.github.gitops4j.kubernetes.schema.Schema.Junction;
import io.github.gitops4j.kubernetes.schema.Schema.Trait;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Nearest;
import io.github.gitops4j.resource.Null;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Walks over an object together with its schema and says all that the API server would refuse.
 * Nothing that is said holds a value of the object.
 *
 * <p>Confined to one thread.
 */
final class SchemaWalk {
  private static final int MOST_OPTIONS = 12;

  private final List<Problem> problems = new ArrayList<>();

  /** Whether fields that are not known are refused; alternatives say nothing about these. */
  private final boolean closed;

  private SchemaWalk(boolean closed) {
    this.closed = closed;
  }

  /** Returns what is wrong with an object. */
  static List<Problem> problems(Mapping object, Schema schema, int line) {
    SchemaWalk walk = new SchemaWalk(true);
    walk.value(object, schema, Place.root(line));
    return walk.problems;
  }

  private void value(Value value, Schema schema, Place at) {
    if (value == Null.INSTANCE) {
      nothing(schema, at);
      return;
    }
    if (!schema.form().takes(value)) {
      sayOfForm(at, "expected " + schema.form().expected() + ", not " + Form.name(value));
      return;
    }
    rules(value, schema, at);
    if (value instanceof Mapping object) {
      object(object, schema, at);
    } else if (value instanceof Sequence items) {
      items(items, schema, at);
    }
  }

  /** Null is nothing where the server says so, and something wrong elsewhere. */
  private void nothing(Schema schema, Place at) {
    boolean possible =
        schema.dialect() == Dialect.BUILT_IN
            || schema.is(Trait.NULLABLE)
            || schema.form() == Form.ANY
            || schema.rules().preset().isPresent();
    if (!possible) {
      sayOfForm(at, "expected " + schema.form().expected() + ", not null");
    }
  }

  private void rules(Value value, Schema schema, Place at) {
    Schema.Rules rules = schema.rules();
    rules.limits().problems(value).forEach(problem -> say(at, problem));
    Formats.problem(rules.format(), schema.dialect(), value)
        .ifPresent(problem -> sayOfForm(at, problem));
    if (!rules.options().isEmpty()
        && !rules.options().contains(value)
        && !isUnsaid(value, schema.dialect())) {
      say(at, "expected one of " + options(rules.options()));
    }
    rules.junctions().forEach(junction -> junction(value, junction, at));
  }

  /** In a type of Go empty text is as if there were none. */
  private static boolean isUnsaid(Value value, Dialect dialect) {
    return dialect == Dialect.BUILT_IN && value instanceof Text text && text.value().isEmpty();
  }

  private static String options(List<Value> options) {
    String shown =
        options.stream()
            .limit(MOST_OPTIONS)
            .map(option -> option instanceof Text text ? text.value() : option.toJson())
            .collect(Collectors.joining(", "));
    return options.size() > MOST_OPTIONS ? shown + ", ..." : shown;
  }

  private void object(Mapping object, Schema schema, Place at) {
    for (int i = 0; i < object.size(); i++) {
      String name = object.key(i);
      // Status is not applied.
      if (!at.isRoot() || !name.equals("status")) {
        field(object, i, schema, at.field(name, object.line(i)));
      }
    }
    if (schema.is(Trait.EMBEDDED)) {
      required(object, schema, "apiVersion", at);
      required(object, schema, "kind", at);
    }
    for (String name : schema.fields().required()) {
      SchemaLink known = schema.fields().known().get(name);
      boolean preset = known != null && known.get().rules().preset().isPresent();
      if (!preset || schema.dialect() == Dialect.BUILT_IN) {
        required(object, schema, name, at);
      }
    }
  }

  private void required(Mapping object, Schema schema, String name, Place at) {
    int position = object.indexOf(name);
    // A null of a custom kind is said where it is.
    boolean there =
        position >= 0
            && (schema.dialect() == Dialect.CUSTOM || object.value(position) != Null.INSTANCE);
    boolean skipped = at.isRoot() && name.equals("status");
    if (!there && !skipped) {
      sayOfForm(at.field(name, position < 0 ? at.line() : object.line(position)), "it is missing");
    }
  }

  private void field(Mapping object, int position, Schema schema, Place below) {
    String name = object.key(position);
    Value value = object.value(position);
    if (schema.is(Trait.EMBEDDED) && ObjectMeta.isOfEveryObject(name)) {
      value(value, ObjectMeta.field(name), below);
      return;
    }
    SchemaLink link = schema.fields().known().get(name);
    if (link == null) {
      link = schema.fields().others().orElse(null);
    }
    if (link != null) {
      value(value, link.get(), below);
    } else if (closed && !schema.isOpen()) {
      String hint =
          Nearest.of(name, schema.fields().known().keySet())
              .filter(near -> object.indexOf(near) < 0)
              .map(near -> "; did you mean " + near + "?")
              .orElse("");
      say(below, "unknown field" + hint);
    }
  }

  private void items(Sequence items, Schema schema, Place at) {
    Set<Object> seen = new HashSet<>();
    for (int i = 0; i < items.size(); i++) {
      Place below = at.item(i, items.line(i));
      Value item = items.get(i);
      schema.fields().items().ifPresent(link -> value(item, link.get(), below));
      if (schema.is(Trait.DISTINCT) && !seen.add(identity(item, schema.fields()))) {
        List<String> keys = schema.fields().keys();
        say(
            below,
            keys.isEmpty()
                ? "an item before is the same"
                : "an item before has the same " + String.join(", ", keys));
      }
    }
  }

  /** Items without any of the keys are wrong for another reason, so each is another one. */
  private static Object identity(Value item, Schema.Fields list) {
    if (list.keys().isEmpty()) {
      return item;
    } else if (!(item instanceof Mapping object)) {
      return new Object();
    } else {
      List<Value> values =
          list.keys().stream()
              .map(key -> object.get(key).orElseGet(() -> preset(list, key)))
              .toList();
      return list.keys().stream().noneMatch(key -> object.get(key).isPresent())
          ? new Object()
          : values;
    }
  }

  private static Value preset(Schema.Fields list, String key) {
    return list.items()
        .map(link -> link.get().fields().known().get(key))
        .flatMap(link -> link.get().rules().preset())
        .orElse(Null.INSTANCE);
  }

  private void junction(Value value, Junction junction, Place at) {
    List<List<Problem>> outcomes = new ArrayList<>();
    for (SchemaLink link : junction.schemas()) {
      SchemaWalk branch = new SchemaWalk(false);
      branch.value(value, link.get(), at);
      outcomes.add(branch.problems);
    }
    long holding = outcomes.stream().filter(List::isEmpty).count();
    switch (junction.sort()) {
      case ALL -> outcomes.forEach(problems::addAll);
      case ANY -> {
        if (holding == 0) {
          say(at, "none of the alternatives holds: " + alternatives(outcomes));
        }
      }
      case ONE -> {
        if (holding == 0) {
          say(at, "none of the alternatives holds: " + alternatives(outcomes));
        } else if (holding > 1) {
          say(at, "more than one of the alternatives holds");
        }
      }
      case NONE -> {
        if (holding > 0) {
          say(at, "it is what the schema rules out");
        }
      }
      default -> throw new AssertionError(junction);
    }
  }

  private static String alternatives(List<List<Problem>> outcomes) {
    return outcomes.stream()
        .limit(MOST_OPTIONS)
        .map(problems -> problems.get(0))
        .map(problem -> problem.at().path() + " " + problem.message())
        .map(String::strip)
        .collect(Collectors.joining("; or "));
  }

  private void say(Place at, String problem) {
    problems.add(new Problem(at, problem));
  }

  private void sayOfForm(Place at, String problem) {
    problems.add(new Problem(at, problem, true));
  }
}
