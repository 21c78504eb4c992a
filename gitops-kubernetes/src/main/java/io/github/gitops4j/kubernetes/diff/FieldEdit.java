package io.github.gitops4j.kubernetes.diff;

import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Value;
import org.jspecify.annotations.Nullable;

/** A live object and what becomes of its fields. Copies nothing before the first change. */
final class FieldEdit {
  private final Mapping live;
  private @Nullable Value @Nullable [] after;
  private Mapping.@Nullable Builder added;

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
    if (position < 0) {
      if (value != null) {
        added = added == null ? Mapping.builder() : added;
        added.put(name, value);
      }
      return;
    }
    if (value != live.value(position)) {
      if (after == null) {
        after = new Value[live.size()];
        for (int i = 0; i < live.size(); i++) {
          after[i] = live.value(i);
        }
      }
      after[position] = value;
    }
  }

  /** Returns the object after the apply: the live one if nothing has changed. */
  Mapping result() {
    if (after == null && added == null) {
      return live;
    }
    Mapping.Builder result = Mapping.builder();
    for (int i = 0; i < live.size(); i++) {
      Value value = after == null ? live.value(i) : after[i];
      if (value != null) {
        result.put(live.key(i), value);
      }
    }
    if (added != null) {
      Mapping more = added.build();
      for (int i = 0; i < more.size(); i++) {
        result.put(more.key(i), more.value(i));
      }
    }
    return result.build();
  }
}
