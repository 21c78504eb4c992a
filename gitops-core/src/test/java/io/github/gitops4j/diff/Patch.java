package io.github.gitops4j.diff;

import io.github.gitops4j.resource.Bool;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.PathSegment;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Value;
import java.util.List;

/** Applies changes to a live tree, so that tests can say what a list of changes is worth. */
final class Patch {
  /** Stands where something was removed, so that indexes stay right until the end. */
  private static final Value HOLE =
      Mapping.builder().put("a hole that no tree has", Bool.TRUE).build();

  private Patch() {}

  static Value apply(Value live, List<FieldChange> changes) {
    Value result = live;
    for (FieldChange change : changes) {
      result = set(result, change.path().segments(), change.after());
    }
    return withoutHoles(result);
  }

  private static Value set(Value value, List<PathSegment> path, FieldValue after) {
    if (path.isEmpty()) {
      return after instanceof FieldValue.Shown shown ? shown.value() : HOLE;
    }
    List<PathSegment> rest = path.subList(1, path.size());
    int position = path.get(0).positionIn(value);
    if (value instanceof Mapping mapping) {
      return setField(mapping, path.get(0), position, rest, after);
    }
    Sequence.Builder items = Sequence.builder();
    Sequence sequence = (Sequence) value;
    for (int i = 0; i < sequence.size(); i++) {
      items.add(i == position ? set(sequence.get(i), rest, after) : sequence.get(i));
    }
    if (position < 0) {
      items.add(set(Bool.TRUE, rest, after));
    }
    return items.build();
  }

  private static Value setField(
      Mapping mapping,
      PathSegment segment,
      int position,
      List<PathSegment> rest,
      FieldValue after) {
    Mapping.Builder fields = Mapping.builder();
    for (int i = 0; i < mapping.size(); i++) {
      Value old = mapping.value(i);
      fields.put(mapping.key(i), i == position ? set(old, rest, after) : old);
    }
    if (position < 0) {
      String name = segment instanceof PathSegment.Field field ? field.name() : segment.toString();
      fields.put(name, set(Bool.TRUE, rest, after));
    }
    return fields.build();
  }

  private static Value withoutHoles(Value value) {
    if (value instanceof Mapping mapping) {
      Mapping.Builder fields = Mapping.builder();
      for (int i = 0; i < mapping.size(); i++) {
        if (!mapping.value(i).equals(HOLE)) {
          fields.put(mapping.key(i), withoutHoles(mapping.value(i)));
        }
      }
      return fields.build();
    }
    if (value instanceof Sequence sequence) {
      Sequence.Builder items = Sequence.builder();
      for (int i = 0; i < sequence.size(); i++) {
        if (!sequence.get(i).equals(HOLE)) {
          items.add(withoutHoles(sequence.get(i)));
        }
      }
      return items.build();
    }
    return value;
  }
}
