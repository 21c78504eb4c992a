package io.github.gitops4j.kubernetes.diff;

import io.github.gitops4j.kubernetes.internal.kinds.FieldType;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Value;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which items of two lists are the same one. */
final class ListItems {
  private ListItems() {}

  static boolean isContainer(Value value) {
    return value instanceof Mapping || value instanceof Sequence;
  }

  /** Says whether two items have the same keys; items without keys are compared as a whole. */
  static boolean isSame(List<String> keys, Value one, Value other) {
    if (keys.isEmpty()) {
      return one.equals(other);
    }
    return one instanceof Mapping first
        && other instanceof Mapping second
        && keys.stream().allMatch(key -> isSame(first.indexOf(key), first, second, key));
  }

  private static boolean isSame(int position, Mapping one, Mapping other, String key) {
    int second = other.indexOf(key);
    return position >= 0
        && second >= 0
        && (one.value(position) == other.value(second)
            || one.value(position).equals(other.value(second)));
  }

  /** Says whether both lists have the same items at the same places. */
  static boolean areInStep(FieldType type, Sequence desired, Sequence live) {
    if (desired.size() != live.size()) {
      return false;
    }
    for (int i = 0; i < desired.size(); i++) {
      if (!isInStep(type, desired.get(i), live.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isInStep(FieldType type, Value desired, Value live) {
    if (!(desired instanceof Mapping wanted) || !(live instanceof Mapping present)) {
      return false;
    }
    List<String> keys = type.keys();
    for (int i = 0; i < keys.size(); i++) {
      int said = wanted.indexOf(keys.get(i));
      int found = present.indexOf(keys.get(i));
      boolean same =
          found >= 0
              && (said < 0
                  ? type.element().field(keys.get(i)).hasDefault(present.value(found))
                  : wanted.value(said).equals(present.value(found)));
      if (!same) {
        return false;
      }
    }
    return true;
  }

  /** Returns the place of an item in a list, looked for from a guess on; -1 if it is not there. */
  static int find(List<String> keys, Value item, Sequence in, int guess) {
    int size = in.size();
    for (int looked = 0; looked < size; looked++) {
      int position = (guess + looked) % size;
      if (isSame(keys, item, in.get(position))) {
        return position;
      }
    }
    return -1;
  }

  /** Says whether every item has all keys and no two have the same. */
  static boolean areTold(List<String> keys, Sequence items) {
    for (int i = 0; i < items.size(); i++) {
      if (!(items.get(i) instanceof Mapping item)
          || !keys.stream().allMatch(key -> item.indexOf(key) >= 0)
          || find(keys, item, items, i + 1 == items.size() ? 0 : i + 1) != i) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns the list with the keys that the server puts where they are not said; the list itself if
   * all are said.
   */
  static Sequence withKeys(FieldType type, Sequence items) {
    Sequence.@Nullable Builder completed = null;
    for (int i = 0; i < items.size(); i++) {
      Value item = items.get(i);
      Value whole = item instanceof Mapping mapping ? withKeys(type, mapping) : item;
      if (whole != item && completed == null) {
        completed = Sequence.builder();
        for (int before = 0; before < i; before++) {
          completed.add(items.get(before));
        }
      }
      if (completed != null) {
        completed.add(whole);
      }
    }
    return completed == null ? items : completed.build();
  }

  private static Mapping withKeys(FieldType type, Mapping item) {
    Mapping whole = item;
    for (String key : type.keys()) {
      if (whole.indexOf(key) < 0) {
        Optional<Value> implied = type.element().field(key).defaultValue();
        if (implied.isPresent()) {
          whole = whole.toBuilder().put(key, implied.get()).build();
        }
      }
    }
    return whole;
  }
}
