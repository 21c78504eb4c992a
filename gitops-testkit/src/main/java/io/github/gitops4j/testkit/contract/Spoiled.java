package io.github.gitops4j.testkit.contract;

import io.github.gitops4j.resource.Bool;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Null;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.util.ArrayList;
import java.util.List;

/** Documents of which one part is missing or is of another type than one expects. */
final class Spoiled {
  private static final List<Value> UNEXPECTED =
      List.of(
          Null.INSTANCE,
          Bool.TRUE,
          Numeral.of(-1),
          Numeral.parse("123456789012345678901234567890"),
          Numeral.of(0.5),
          Text.of(""),
          Text.of("unheard of"),
          Mapping.empty(),
          Sequence.empty(),
          Sequence.of(Null.INSTANCE));

  private Spoiled() {}

  /** Returns all values that differ from this one in one place, deep inside or as a whole. */
  static List<Value> of(Value value) {
    List<Value> spoiled = new ArrayList<>(UNEXPECTED);
    if (value instanceof Mapping mapping) {
      for (int i = 0; i < mapping.size(); i++) {
        spoiled.add(without(mapping, i));
        for (Value inner : of(mapping.value(i))) {
          spoiled.add(with(mapping, i, inner));
        }
      }
    } else if (value instanceof Sequence sequence) {
      for (int i = 0; i < sequence.size(); i++) {
        for (Value inner : of(sequence.get(i))) {
          spoiled.add(with(sequence, i, inner));
        }
      }
    }
    return spoiled;
  }

  private static Mapping without(Mapping mapping, int left) {
    Mapping.Builder rest = Mapping.builder();
    for (int i = 0; i < mapping.size(); i++) {
      if (i != left) {
        rest.put(mapping.key(i), mapping.value(i));
      }
    }
    return rest.build();
  }

  private static Mapping with(Mapping mapping, int at, Value value) {
    Mapping.Builder other = Mapping.builder();
    for (int i = 0; i < mapping.size(); i++) {
      other.put(mapping.key(i), i == at ? value : mapping.value(i));
    }
    return other.build();
  }

  private static Sequence with(Sequence sequence, int at, Value value) {
    Sequence.Builder other = Sequence.builder();
    for (int i = 0; i < sequence.size(); i++) {
      other.add(i == at ? value : sequence.get(i));
    }
    return other.build();
  }
}
