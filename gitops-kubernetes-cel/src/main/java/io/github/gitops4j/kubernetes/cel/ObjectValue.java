package io.github.gitops4j.kubernetes.cel;

import dev.cel.common.exceptions.CelAttributeNotFoundException;
import dev.cel.common.types.CelType;
import dev.cel.common.values.StructValue;
import io.github.gitops4j.resource.Value;
import java.util.Map;
import java.util.Optional;

/**
 * An object as rules read it: what its schema knows, by the names that rules have for it. Two are
 * equal if all of them is, what the schema does not know too.
 *
 * <p>Immutable.
 */
@SuppressWarnings("Immutable") // nobody changes the maps
final class ObjectValue extends StructValue<String, Object> {
  private final CelType type;
  private final Map<String, Object> fields;
  private final Map<String, Value> unknown;

  ObjectValue(CelType type, Map<String, Object> fields, Map<String, Value> unknown) {
    this.type = type;
    this.fields = fields;
    this.unknown = unknown;
  }

  Map<String, Object> fields() {
    return fields;
  }

  Map<String, Value> unknown() {
    return unknown;
  }

  @Override
  public Object value() {
    return this;
  }

  @Override
  public boolean isZeroValue() {
    return fields.isEmpty() && unknown.isEmpty();
  }

  @Override
  public CelType celType() {
    return type;
  }

  @Override
  public Object select(String field) {
    Object value = fields.get(field);
    if (value == null) {
      throw CelAttributeNotFoundException.forFieldResolution(field);
    }
    return value;
  }

  @Override
  public Optional<Object> find(String field) {
    return Optional.ofNullable(fields.get(field));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ObjectValue that && RuleEquality.areEqual(this, that);
  }

  @Override
  public int hashCode() {
    return fields.keySet().hashCode();
  }

  /** Hides what is in it. */
  @Override
  public String toString() {
    return "ObjectValue[" + fields.size() + " fields]";
  }
}
