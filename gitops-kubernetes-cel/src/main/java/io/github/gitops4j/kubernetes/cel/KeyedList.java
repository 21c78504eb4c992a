package io.github.gitops4j.kubernetes.cel;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;

/**
 * A list whose order says nothing: a set, or items that are known by some of their fields. To add
 * an item that is there already puts it in the place of that one.
 *
 * <p>Immutable.
 */
final class KeyedList extends AbstractList<Object> implements RandomAccess {
  private final List<Object> items;
  private final List<String> keys;

  private KeyedList(List<Object> items, List<String> keys) {
    this.items = items;
    this.keys = keys;
  }

  /** Creates a set of plain values. */
  static KeyedList set(List<Object> items) {
    return new KeyedList(items, List.of());
  }

  /** Creates a list of objects that are known by these fields, as rules name them. */
  static KeyedList of(List<Object> items, List<String> keys) {
    return new KeyedList(items, keys);
  }

  @Override
  public Object get(int index) {
    return items.get(index);
  }

  @Override
  public int size() {
    return items.size();
  }

  /** Says whether another list has the same items in some order. */
  boolean hasSame(List<?> other) {
    if (other.size() != size()) {
      return false;
    }
    Map<Object, Object> known = new HashMap<>();
    items.forEach(item -> known.put(key(item), item));
    for (Object item : other) {
      Object mine = known.get(key(item));
      if (mine == null || !RuleEquality.areEqual(mine, item)) {
        return false;
      }
    }
    return true;
  }

  /** Returns the items of both. */
  KeyedList plus(List<?> other) {
    List<Object> all = new ArrayList<>(items);
    Map<Object, Integer> places = new HashMap<>();
    for (int i = 0; i < items.size(); i++) {
      places.put(key(items.get(i)), i);
    }
    for (Object item : other) {
      Integer place = places.putIfAbsent(key(item), all.size());
      if (place == null) {
        all.add(item);
      } else {
        all.set(place, item);
      }
    }
    return new KeyedList(all, keys);
  }

  private Object key(Object item) {
    if (keys.isEmpty() || !(item instanceof ObjectValue object)) {
      return item;
    }
    List<Object> key = new ArrayList<>();
    keys.forEach(name -> key.add(object.fields().getOrDefault(name, "")));
    return key;
  }
}
