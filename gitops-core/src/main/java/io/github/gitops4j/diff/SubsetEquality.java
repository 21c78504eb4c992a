package io.github.gitops4j.diff;

import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Value;

/**
 * Answers "does live hold all of desired?" for the many documents that do, without building
 * anything.
 */
final class SubsetEquality {
  /** So many keys are looked at before the object is searched. */
  private static final int LOOKAHEAD = 8;

  private SubsetEquality() {}

  static boolean holds(Value desired, Value live) {
    if (desired == live) {
      return true;
    }
    if (desired instanceof Mapping wanted) {
      return live instanceof Mapping present && fieldsHold(wanted, present);
    }
    if (desired instanceof Sequence wanted) {
      return live instanceof Sequence present && itemsHold(wanted, present);
    }
    return desired.equals(live);
  }

  /** Both sides mostly have their keys in the same order, so the search goes on where it ended. */
  private static boolean fieldsHold(Mapping desired, Mapping live) {
    int cursor = 0;
    for (int i = 0; i < desired.size(); i++) {
      int position = find(live, desired.key(i), cursor);
      if (position < 0 || !holds(desired.value(i), live.value(position))) {
        return false;
      }
      cursor = position + 1;
    }
    return true;
  }

  @SuppressWarnings("ReferenceEquality") // keys are interned; the slow search catches the rest
  private static int find(Mapping live, String key, int from) {
    int size = live.size();
    int position = from;
    for (int looked = Math.min(size, LOOKAHEAD); looked > 0; looked--) {
      if (position >= size) {
        position = 0;
      }
      if (live.key(position) == key) {
        return position;
      }
      position++;
    }
    return live.indexOf(key);
  }

  private static boolean itemsHold(Sequence desired, Sequence live) {
    if (desired.size() != live.size()) {
      return false;
    }
    for (int i = 0; i < desired.size(); i++) {
      if (!holds(desired.get(i), live.get(i))) {
        return false;
      }
    }
    return true;
  }
}
