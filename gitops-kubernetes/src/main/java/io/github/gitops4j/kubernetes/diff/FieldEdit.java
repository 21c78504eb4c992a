package io.github.gitops4j.kubernetes.diff;

import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Value;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A live object and what becomes of its fields. Copies nothing before the first change. */
final class FieldEdit {
  private final Mapping live;
  private Mapping.@Nullable Builder after;
  private Set<String> gone = Set.of();

  FieldEdit(Mapping live) {
    this.live = live;
  }

  /**
   * Finds a field; both sides mostly have theirs in the same order, so a cursor is a good guess.
   */
  @SuppressWarnings("ReferenceEquality") // keys are shared; the slow search catches the rest
  static int find(Mapping live, String key, int cursor) {
    return cursor < live.size() && live.key(cursor) == key ? cursor : live.indexOf(key);
  }

  /** Notes a field's value after the apply; null for none. */
  void set(int position, String name, @Nullable Value value) {
    if (value == null) {
      if (position >= 0) {
        gone = gone.isEmpty() ? new HashSet<>() : gone;
        gone.add(name);
      }
    } else if (position < 0 || value != live.value(position)) {
      after = after == null ? live.toBuilder() : after;
      after.set(name, value);
    }
  }

  /** Returns the object after the apply: the live one if nothing has changed. */
  Mapping result() {
    Mapping all = after == null ? live : after.build();
    if (gone.isEmpty()) {
      return all;
    }
    Mapping.Builder left = Mapping.builder();
    for (int i = 0; i < all.size(); i++) {
      if (!gone.contains(all.key(i))) {
        left.put(all.key(i), all.value(i));
      }
    }
    return left.build();
  }
}
