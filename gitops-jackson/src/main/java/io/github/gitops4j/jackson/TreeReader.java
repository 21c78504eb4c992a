package io.github.gitops4j.jackson;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.gitops4j.resource.Bool;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Null;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;

/** Makes values of Jackson's nodes. */
final class TreeReader {
  private TreeReader() {}

  static Value value(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> object(node);
      case ARRAY -> array(node);
      case STRING -> Text.of(node.textValue());
      case NUMBER -> number(node);
      case BOOLEAN -> Bool.of(node.booleanValue());
      case NULL -> Null.INSTANCE;
      case BINARY, MISSING, POJO ->
          throw new IllegalArgumentException(
              "JSON has nothing like a node of " + node.getNodeType());
    };
  }

  private static Mapping object(JsonNode node) {
    Mapping.Builder mapping = Mapping.builder();
    node.properties().forEach(field -> mapping.put(field.getKey(), value(field.getValue())));
    return mapping.build();
  }

  private static Sequence array(JsonNode node) {
    Sequence.Builder sequence = Sequence.builder();
    node.forEach(item -> sequence.add(value(item)));
    return sequence.build();
  }

  private static Numeral number(JsonNode node) {
    if (node.canConvertToLong() && node.isIntegralNumber()) {
      return Numeral.of(node.longValue());
    }
    return node.isIntegralNumber()
        ? Numeral.of(node.bigIntegerValue())
        : Numeral.of(node.doubleValue());
  }
}
