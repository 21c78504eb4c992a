package io.github.gitops4j.kubernetes.cel;

import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import io.github.gitops4j.resource.Bool;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Null;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A value as rules read it. */
final class SelfValue {
  private SelfValue() {}

  /**
   * Reads a value.
   *
   * @throws IllegalArgumentException if it is not of the form of its schema
   */
  static Object of(Value value, SelfSchema schema) {
    if (value == Null.INSTANCE) {
      return NullValue.NULL_VALUE;
    }
    return switch (schema.sort()) {
      case OBJECT -> object(as(Mapping.class, value), schema);
      case MAP -> map(as(Mapping.class, value), schema.each());
      case LIST -> items(as(Sequence.class, value), schema.each());
      case SET -> KeyedList.set(items(as(Sequence.class, value), schema.each()));
      case KEYED_LIST ->
          KeyedList.of(
              items(as(Sequence.class, value), schema.each()),
              schema.keys().stream().flatMap(key -> PropertyNames.escape(key).stream()).toList());
      case BOOL -> as(Bool.class, value).isTrue();
      case INTEGER -> integer(as(Numeral.class, value));
      case NUMBER -> as(Numeral.class, value).doubleValue();
      case INT_OR_STRING ->
          value instanceof Text text ? text.value() : (Object) integer(as(Numeral.class, value));
      case TEXT, TIME, DAY, DURATION, BYTES -> text(as(Text.class, value).value(), schema.sort());
    };
  }

  private static Object text(String text, SelfSchema.Sort sort) {
    try {
      return switch (sort) {
        case TIME -> OffsetDateTime.parse(text.replace(' ', 'T')).toInstant();
        case DAY -> LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        case DURATION -> DurationText.parse(text);
        case BYTES -> CelByteString.of(Base64.getMimeDecoder().decode(text));
        default -> text;
      };
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("a text is not of its format", e);
    }
  }

  private static long integer(Numeral number) {
    OptionalLong whole = number.asLong();
    try {
      return whole.isPresent() ? whole.getAsLong() : number.toBigDecimal().longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("a number is no integer of 64 bits", e);
    }
  }

  /** Null in a field is as if it were not there. */
  private static ObjectValue object(Mapping object, SelfSchema schema) {
    Map<String, Object> fields = new LinkedHashMap<>();
    Map<String, Value> unknown = new LinkedHashMap<>();
    for (int i = 0; i < object.size(); i++) {
      SelfSchema.Field field = schema.fields().get(object.key(i));
      if (field == null) {
        unknown.put(object.key(i), object.value(i));
      } else if (object.value(i) != Null.INSTANCE) {
        fields.put(field.escaped(), of(object.value(i), field.schema()));
      }
    }
    return new ObjectValue(schema.type(), fields, unknown);
  }

  private static Map<String, Object> map(Mapping object, SelfSchema each) {
    Map<String, Object> entries = new LinkedHashMap<>();
    for (int i = 0; i < object.size(); i++) {
      entries.put(object.key(i), of(object.value(i), each));
    }
    return entries;
  }

  private static List<Object> items(Sequence sequence, SelfSchema each) {
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < sequence.size(); i++) {
      items.add(of(sequence.get(i), each));
    }
    return items;
  }

  private static <T extends Value> T as(Class<T> type, Value value) {
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException("a value is not of the form of its schema");
    }
    return type.cast(value);
  }
}
