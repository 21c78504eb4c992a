package io.github.gitops4j.diff;

import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.PathSegment;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which items of two arrays belong together, and what they are called.
 *
 * @param segment name of the pair
 * @param position position in the side that has it, desired before live
 * @param desired the declared item, if there is one
 * @param live the live item, if there is one
 */
record ItemMatch(PathSegment segment, int position, @Nullable Value desired, @Nullable Value live) {

  /** Pairs the items of two arrays, either of which may be absent. */
  static List<ItemMatch> pairs(
      @Nullable Sequence desired, @Nullable Sequence live, List<String> keys) {
    Sequence wanted = desired == null ? Sequence.empty() : desired;
    Sequence present = live == null ? Sequence.empty() : live;
    Map<PathSegment, Integer> wantedByKey = byKey(wanted, keys);
    Map<PathSegment, Integer> presentByKey = byKey(present, keys);
    if (wantedByKey.size() < wanted.size() || presentByKey.size() < present.size()) {
      return byPosition(wanted, present);
    }
    List<ItemMatch> pairs = new ArrayList<>();
    for (Map.Entry<PathSegment, Integer> item : wantedByKey.entrySet()) {
      Integer other = presentByKey.remove(item.getKey());
      Value found = other == null ? null : present.get(other);
      int position = item.getValue();
      pairs.add(new ItemMatch(item.getKey(), position, wanted.get(position), found));
    }
    for (Map.Entry<PathSegment, Integer> item : presentByKey.entrySet()) {
      int position = item.getValue();
      pairs.add(new ItemMatch(item.getKey(), position, null, present.get(position)));
    }
    return pairs;
  }

  private static List<ItemMatch> byPosition(Sequence desired, Sequence live) {
    List<ItemMatch> pairs = new ArrayList<>();
    for (int i = 0; i < Math.max(desired.size(), live.size()); i++) {
      pairs.add(
          new ItemMatch(
              new PathSegment.Index(i),
              i,
              i < desired.size() ? desired.get(i) : null,
              i < live.size() ? live.get(i) : null));
    }
    return pairs;
  }

  /** Returns fewer entries than items if an item has no key or two have the same. */
  private static Map<PathSegment, Integer> byKey(Sequence items, List<String> keys) {
    Map<PathSegment, Integer> positions = new LinkedHashMap<>();
    for (int i = 0; i < items.size() && !keys.isEmpty(); i++) {
      Map<String, String> fields = fields(items.get(i), keys);
      if (fields.size() < keys.size()) {
        return Map.of();
      }
      positions.put(new PathSegment.Keyed(fields), i);
    }
    return positions;
  }

  private static Map<String, String> fields(Value item, List<String> keys) {
    Map<String, String> fields = new TreeMap<>();
    if (item instanceof Mapping mapping) {
      for (String key : keys) {
        int position = mapping.indexOf(key);
        if (position >= 0) {
          text(mapping.value(position), key, fields);
        }
      }
    }
    return fields;
  }

  private static void text(Value value, String key, Map<String, String> fields) {
    if (value instanceof Text text) {
      fields.put(key, text.value());
    } else if (!(value instanceof Mapping || value instanceof Sequence)) {
      fields.put(key, value.toJson());
    }
  }
}
