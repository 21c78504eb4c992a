package io.github.gitops4j.kubernetes.diff;

import io.github.gitops4j.kubernetes.internal.fields.OwnedFields;
import io.github.gitops4j.kubernetes.internal.kinds.FieldType;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of an object what is ignored and owned by somebody else: it is not sent, so it stays as
 * it is and theirs alone. What nobody else owns is sent, as it would be reset otherwise.
 *
 * <p>Confined to one thread.
 */
final class Withheld {
  private final IgnoredFields ignored;

  private Withheld(IgnoredFields ignored) {
    this.ignored = ignored;
  }

  /** Returns what is to be sent. */
  static Mapping from(
      Mapping object, IgnoredFields ignored, FieldType type, List<OwnedFields> others) {
    return new Withheld(ignored).fields(object, FieldPath.root(), type, others, List.of());
  }

  private @Nullable Value left(
      Value value, FieldPath path, FieldType type, List<OwnedFields> others) {
    if (others.isEmpty()) {
      return value;
    }
    boolean covered = ignored.cover(path);
    if (covered && others.stream().anyMatch(OwnedFields::isWhole)) {
      return null;
    }
    if (value instanceof Mapping object) {
      Mapping left = fields(object, path, type, others, List.of());
      return covered && left.size() == 0 && object.size() > 0 ? null : left;
    }
    if (value instanceof Sequence items
        && !type.keys().isEmpty()
        && ListItems.areTold(type.keys(), items)) {
      Sequence left = items(items, path, type, others);
      return covered && left.size() == 0 ? null : left;
    }
    return value;
  }

  private Mapping fields(
      Mapping object, FieldPath path, FieldType type, List<OwnedFields> others, List<String> kept) {
    Mapping.Builder left = Mapping.builder();
    for (int i = 0; i < object.size(); i++) {
      String name = object.key(i);
      Value value = object.value(i);
      Value rest =
          kept.contains(name)
              ? value
              : left(
                  value,
                  path.field(name),
                  type.field(name),
                  below(others, owned -> owned.field(name)));
      if (rest != null) {
        left.put(name, rest);
      }
    }
    return left.build();
  }

  /** The keys of an item stay as long as anything of it does. */
  private Sequence items(Sequence items, FieldPath path, FieldType type, List<OwnedFields> others) {
    Sequence.Builder left = Sequence.builder();
    for (int i = 0; i < items.size(); i++) {
      Mapping item = (Mapping) items.get(i);
      Map<String, String> named = IgnoredFields.texts(item);
      FieldPath at = path.keyed(named);
      List<OwnedFields> below = below(others, owned -> owned.item(item));
      if (!ignored.cover(at) || below.stream().noneMatch(OwnedFields::hasPlace)) {
        left.add(fields(item, at, type.element(), below, type.keys()));
      }
    }
    return left.build();
  }

  private static List<OwnedFields> below(
      List<OwnedFields> others, Function<OwnedFields, Optional<OwnedFields>> step) {
    return others.stream().map(step).flatMap(Optional::stream).toList();
  }
}
