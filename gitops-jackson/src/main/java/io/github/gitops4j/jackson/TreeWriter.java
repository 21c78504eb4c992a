package io.github.gitops4j.jackson;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.gitops4j.resource.Bool;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.math.BigDecimal;

/**
 * Makes Jackson's nodes of values.
 *
 * @param nodes makes them
 */
record TreeWriter(JsonNodeFactory nodes) {
  JsonNode node(Value value) {
    if (value instanceof Mapping mapping) {
      return object(mapping);
    }
    if (value instanceof Sequence sequence) {
      return array(sequence);
    }
    if (value instanceof Text text) {
      return nodes.textNode(text.value());
    }
    if (value instanceof Numeral number) {
      return number(number);
    }
    return value instanceof Bool bool ? nodes.booleanNode(bool.isTrue()) : nodes.nullNode();
  }

  private ObjectNode object(Mapping mapping) {
    ObjectNode object = nodes.objectNode();
    for (int i = 0; i < mapping.size(); i++) {
      object.set(mapping.key(i), node(mapping.value(i)));
    }
    return object;
  }

  private ArrayNode array(Sequence sequence) {
    ArrayNode array = nodes.arrayNode(sequence.size());
    for (int i = 0; i < sequence.size(); i++) {
      array.add(node(sequence.get(i)));
    }
    return array;
  }

  private JsonNode number(Numeral number) {
    if (number.asLong().isPresent()) {
      long exact = number.asLong().getAsLong();
      return exact == (int) exact ? nodes.numberNode((int) exact) : nodes.numberNode(exact);
    }
    BigDecimal exact = number.toBigDecimal();
    // Beyond 64 bits it is a float, however it is written.
    return isUnsigned(exact)
        ? nodes.numberNode(exact.toBigIntegerExact())
        : nodes.numberNode(number.doubleValue());
  }

  private static boolean isUnsigned(BigDecimal exact) {
    return exact.stripTrailingZeros().scale() <= 0
        && exact.signum() > 0
        && exact.toBigInteger().bitLength() <= Long.SIZE;
  }
}
