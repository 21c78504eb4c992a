package io.github.gitops4j.kubernetes.cel;

import dev.cel.common.CelOptions;
import dev.cel.runtime.RuntimeEquality;
import dev.cel.runtime.RuntimeHelpers;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** When two values are equal for a rule. Of lists the left one says whether order counts. */
final class RuleEquality {
  private static final RuntimeEquality PLAIN =
      RuntimeEquality.create(RuntimeHelpers.create(), CelOptions.DEFAULT);

  private RuleEquality() {}

  static boolean areEqual(Object one, Object other) {
    if (one instanceof ObjectValue object) {
      return other instanceof ObjectValue second && areSame(object, second);
    } else if (one instanceof KeyedList list) {
      return other instanceof List<?> second && list.hasSame(second);
    } else if (one instanceof List<?> list) {
      return other instanceof List<?> second && areInOrder(list, second);
    } else if (one instanceof Map<?, ?> map) {
      return other instanceof Map<?, ?> second && areSame(map, second);
    } else if (one instanceof Optional<?> optional) {
      return other instanceof Optional<?> second
          && optional.isPresent() == second.isPresent()
          && (optional.isEmpty() || areEqual(optional.get(), second.orElseThrow()));
    }
    return PLAIN.objectEquals(one, other);
  }

  /** Says whether a list has an item. */
  static boolean isIn(Object item, List<?> list) {
    for (Object each : list) {
      if (areEqual(each, item)) {
        return true;
      }
    }
    return false;
  }

  /** Says whether a map has a key. */
  static boolean isKey(Object key, Map<?, ?> map) {
    return PLAIN.findInMap(map, key).isPresent();
  }

  private static boolean areSame(ObjectValue one, ObjectValue other) {
    int size = one.fields().size() + one.unknown().size();
    if (size != other.fields().size() + other.unknown().size()
        || !one.unknown().equals(other.unknown())) {
      return false;
    }
    return one.fields().entrySet().stream()
        .allMatch(
            field -> {
              Object second = other.fields().get(field.getKey());
              return second != null && areEqual(field.getValue(), second);
            });
  }

  private static boolean areInOrder(List<?> one, List<?> other) {
    if (one.size() != other.size()) {
      return false;
    }
    Iterator<?> second = other.iterator();
    for (Object item : one) {
      if (!areEqual(item, second.next())) {
        return false;
      }
    }
    return true;
  }

  private static boolean areSame(Map<?, ?> one, Map<?, ?> other) {
    if (one.size() != other.size()) {
      return false;
    }
    for (Map.Entry<?, ?> entry : one.entrySet()) {
      Optional<Object> second = PLAIN.findInMap(other, entry.getKey());
      if (second.isEmpty() || !areEqual(entry.getValue(), second.get())) {
        return false;
      }
    }
    return true;
  }
}
