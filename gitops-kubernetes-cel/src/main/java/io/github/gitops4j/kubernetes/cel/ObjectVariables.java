package io.github.gitops4j.kubernetes.cel;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.NullValue;
import io.github.gitops4j.resource.Bool;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An object as expressions read it. */
final class ObjectVariables {
  private static final List<String> WHOLE = List.of("object", "self");
  private static final List<String> TEXTS = List.of("apiVersion", "kind");
  private static final List<String> PARTS = List.of("metadata", "spec", "status", "data");

  /** What expressions may name. */
  static final List<String> NAMES = names();

  private ObjectVariables() {}

  private static List<String> names() {
    List<String> names = new ArrayList<>(WHOLE);
    names.addAll(TEXTS);
    names.addAll(PARTS);
    return List.copyOf(names);
  }

  /** Returns a value for each name; what the object has not is empty. */
  static Map<String, Object> of(Document live) {
    Map<String, Object> variables = new HashMap<>();
    Map<?, ?> root = live.root() instanceof Mapping mapping ? fields(mapping) : Map.of();
    WHOLE.forEach(name -> variables.put(name, root));
    TEXTS.forEach(name -> variables.put(name, root.get(name) instanceof String text ? text : ""));
    PARTS.forEach(
        name -> variables.put(name, root.get(name) instanceof Map<?, ?> part ? part : Map.of()));
    return variables;
  }

  /** Returns a value as expressions read it where no schema is known. */
  static Object plain(Value value) {
    if (value instanceof Mapping mapping) {
      return fields(mapping);
    } else if (value instanceof Sequence sequence) {
      List<Object> items = new ArrayList<>();
      for (int i = 0; i < sequence.size(); i++) {
        items.add(plain(sequence.get(i)));
      }
      return items;
    } else if (value instanceof Text text) {
      return text.value();
    } else if (value instanceof Bool bool) {
      return bool.isTrue();
    } else if (value instanceof Numeral numeral) {
      return number(numeral);
    }
    return NullValue.NULL_VALUE;
  }

  private static Map<String, Object> fields(Mapping mapping) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < mapping.size(); i++) {
      fields.put(mapping.key(i), plain(mapping.value(i)));
    }
    return fields;
  }

  private static Object number(Numeral numeral) {
    if (numeral.asLong().isPresent()) {
      return numeral.asLong().getAsLong();
    }
    BigDecimal exact = numeral.toBigDecimal();
    boolean unsigned = exact.scale() <= 0 && exact.signum() > 0;
    return unsigned && exact.toBigInteger().bitLength() <= Long.SIZE
        ? UnsignedLong.valueOf(exact.toBigInteger())
        : (Object) numeral.doubleValue();
  }
}
