package io.github.gitops4j.kubernetes.schema;

import io.github.gitops4j.kubernetes.schema.Schema.Dialect;
import io.github.gitops4j.kubernetes.schema.Schema.Junction;
import io.github.gitops4j.kubernetes.schema.Schema.Trait;
import io.github.gitops4j.resource.Bool;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes schemas of what is written in OpenAPI. What is no keyword or has not its type demands
 * nothing: whether a schema is a good one is for others to say.
 *
 * <p>Immutable.
 *
 * @param dialect how the server reads objects of these schemas
 * @param references gives the schema that a reference names
 */
record SchemaReader(Dialect dialect, Function<String, Schema> references) {
  /** What an amount is; OpenAPI has no word for it. */
  static final Mapping QUANTITY = Mapping.builder().put("type", Text.of("quantity")).build();

  private static final String REFERENCE = "$ref";

  /** Returns a reader of the schemas of a custom kind, which have no references. */
  static SchemaReader custom() {
    SchemaReader[] self = new SchemaReader[1];
    self[0] = new SchemaReader(Dialect.CUSTOM, name -> self[0].read(Mapping.empty()));
    return self[0];
  }

  SchemaLink link(Value value) {
    Optional<String> reference = reference(value);
    if (reference.isPresent()) {
      return () -> references.apply(reference.get());
    }
    Schema schema = read(value instanceof Mapping mapping ? mapping : Mapping.empty());
    return () -> schema;
  }

  /** Version 3 puts a reference beside a default into a list of one. */
  private Optional<String> reference(Value value) {
    if (!(value instanceof Mapping schema)) {
      return Optional.empty();
    }
    Optional<String> direct = schema.text(REFERENCE);
    if (direct.isPresent()) {
      return direct;
    }
    return schema.get("allOf").orElse(null) instanceof Sequence all
            && all.size() == 1
            && all.get(0) instanceof Mapping only
        ? only.text(REFERENCE)
        : Optional.empty();
  }

  Schema read(Mapping schema) {
    return new Schema(
        dialect,
        form(schema),
        fields(schema),
        traits(schema),
        new Schema.Rules(
            Limits.of(schema),
            items(schema, "enum"),
            schema.text("format").orElse(""),
            dialect == Dialect.CUSTOM ? junctions(schema) : List.of(),
            schema.get("default")));
  }

  private static Form form(Mapping schema) {
    if (is(schema, "x-kubernetes-int-or-string")
        || schema.text("format").orElse("").equals("int-or-string")) {
      return Form.INT_OR_STRING;
    }
    return switch (schema.text("type").orElse("")) {
      case "object" -> Form.OBJECT;
      case "array" -> Form.ARRAY;
      case "string" -> Form.STRING;
      case "integer" -> Form.INTEGER;
      case "number" -> Form.NUMBER;
      case "boolean" -> Form.BOOLEAN;
      case "quantity" -> Form.QUANTITY;
      default -> Form.ANY;
    };
  }

  private Schema.Fields fields(Mapping schema) {
    Map<String, SchemaLink> known = new HashMap<>();
    if (schema.get("properties").orElse(null) instanceof Mapping properties) {
      for (int i = 0; i < properties.size(); i++) {
        known.put(properties.key(i), link(properties.value(i)));
      }
    }
    Value others = schema.get("additionalProperties").orElse(Bool.FALSE);
    return new Schema.Fields(
        Map.copyOf(known),
        Bool.FALSE.equals(others) ? Optional.empty() : Optional.of(link(others)),
        schema.get("items").map(this::link),
        texts(schema, "required"),
        texts(schema, "x-kubernetes-list-map-keys"));
  }

  private static Set<Trait> traits(Mapping schema) {
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    if (is(schema, "nullable")) {
      traits.add(Trait.NULLABLE);
    }
    if (is(schema, "x-kubernetes-preserve-unknown-fields")) {
      traits.add(Trait.OPEN);
    }
    if (is(schema, "x-kubernetes-embedded-resource")) {
      traits.add(Trait.EMBEDDED);
    }
    String list = schema.text("x-kubernetes-list-type").orElse("");
    if (list.equals("map") || list.equals("set")) {
      traits.add(Trait.DISTINCT);
    }
    return traits;
  }

  private List<Junction> junctions(Mapping schema) {
    List<Junction> junctions = new ArrayList<>();
    junction(Junction.Sort.ALL, items(schema, "allOf"), junctions);
    junction(Junction.Sort.ANY, items(schema, "anyOf"), junctions);
    junction(Junction.Sort.ONE, items(schema, "oneOf"), junctions);
    junction(Junction.Sort.NONE, schema.get("not").stream().toList(), junctions);
    return List.copyOf(junctions);
  }

  private void junction(Junction.Sort sort, List<Value> values, List<Junction> junctions) {
    List<SchemaLink> links =
        values.stream().filter(Mapping.class::isInstance).map(this::link).toList();
    if (!links.isEmpty()) {
      junctions.add(new Junction(sort, links));
    }
  }

  private static boolean is(Mapping schema, String key) {
    return Bool.TRUE.equals(schema.get(key).orElse(null));
  }

  private static List<Value> items(Mapping schema, String key) {
    List<Value> values = new ArrayList<>();
    if (schema.get(key).orElse(null) instanceof Sequence items) {
      for (int i = 0; i < items.size(); i++) {
        values.add(items.get(i));
      }
    }
    return List.copyOf(values);
  }

  private static List<String> texts(Mapping schema, String key) {
    return items(schema, key).stream()
        .filter(Text.class::isInstance)
        .map(text -> ((Text) text).value())
        .toList();
  }
}
