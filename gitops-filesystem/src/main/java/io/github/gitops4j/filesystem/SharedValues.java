package io.github.gitops4j.filesystem;

import org.jspecify.annotations.Nullable;

/**
 * Makes equal values the same object, so that what is declared, live and in the inventory of one
 * file is on the heap once. Costs about eight bytes a value.
 *
 * <p>Forgetting a value costs nothing but its sharing, so a table that grew too large starts anew.
 *
 * <p>Thread-safe.
 */
final class SharedValues<T> {
  private static final int SMALLEST = 1 << 10;
  private static final int SPARE = 1 << 16;
  private static final int MOST = 1 << 22;

  private final Object lock = new Object();
  private @Nullable Object[] table = new Object[SMALLEST];
  private int size;

  /** Returns the value that was given first of those equal to this one. */
  @SuppressWarnings("unchecked")
  T share(T value) {
    synchronized (lock) {
      int slot = slot(table, value);
      Object known = table[slot];
      if (known != null) {
        return (T) known;
      }
      if (size >= MOST) {
        forget();
        slot = slot(table, value);
      }
      table[slot] = value;
      size++;
      if (size > table.length / 4 * 3) {
        grow();
      }
      return value;
    }
  }

  /** Forgets everything if there is far more than twice what is needed. */
  void bound(int needed) {
    synchronized (lock) {
      if (size > 2L * needed + SPARE) {
        forget();
      }
    }
  }

  private void forget() {
    table = new Object[SMALLEST];
    size = 0;
  }

  int size() {
    synchronized (lock) {
      return size;
    }
  }

  private void grow() {
    @Nullable Object[] larger = new Object[2 * table.length];
    for (Object value : table) {
      if (value != null) {
        larger[slot(larger, value)] = value;
      }
    }
    table = larger;
  }

  /** Returns where a value is, or where it belongs. */
  private static int slot(@Nullable Object[] table, Object value) {
    int hash = value.hashCode() * 0x9E3779B9;
    int slot = (hash ^ (hash >>> 16)) & (table.length - 1);
    Object at = table[slot];
    while (at != null && !at.equals(value)) {
      slot = (slot + 1) & (table.length - 1);
      at = table[slot];
    }
    return slot;
  }
}
