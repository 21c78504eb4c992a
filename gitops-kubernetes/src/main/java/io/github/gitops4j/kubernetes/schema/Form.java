package io.github.gitops4j.kubernetes.schema;

import io.github.gitops4j.kubernetes.internal.kinds.Quantity;
import io.github.gitops4j.resource.Bool;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Null;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;

/** What a value has to look like. */
enum Form {
  ANY("anything"),
  OBJECT("an object"),
  ARRAY("a list"),
  STRING("text"),
  INTEGER("an integer"),
  NUMBER("a number"),
  BOOLEAN("true or false"),
  INT_OR_STRING("an integer or text"),
  QUANTITY("an amount, such as 500m or 1Gi");

  private final String expected;

  Form(String expected) {
    this.expected = expected;
  }

  /** Says in words what is expected. */
  String expected() {
    return expected;
  }

  boolean takes(Value value) {
    return switch (this) {
      case ANY -> true;
      case OBJECT -> value instanceof Mapping;
      case ARRAY -> value instanceof Sequence;
      case STRING -> value instanceof Text;
      case INTEGER -> isInteger(value);
      case NUMBER -> value instanceof Numeral;
      case BOOLEAN -> value instanceof Bool;
      case INT_OR_STRING -> value instanceof Text || isInteger(value);
      case QUANTITY -> Quantity.isAmount(value);
    };
  }

  private static boolean isInteger(Value value) {
    return value instanceof Numeral number
        && (number.asLong().isPresent() || number.toBigDecimal().stripTrailingZeros().scale() <= 0);
  }

  /** Names what a value is, and nothing of what is in it. */
  static String name(Value value) {
    if (value instanceof Mapping) {
      return "an object";
    } else if (value instanceof Sequence) {
      return "a list";
    } else if (value instanceof Text) {
      return "text";
    } else if (value instanceof Numeral) {
      return isInteger(value) ? "an integer" : "a number";
    } else if (value instanceof Bool) {
      return "true or false";
    } else if (value instanceof Null) {
      return "null";
    }
    throw new AssertionError(value);
  }
}
