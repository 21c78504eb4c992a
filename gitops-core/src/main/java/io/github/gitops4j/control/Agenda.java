package io.github.gitops4j.control;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** When which application is due. Guarded by the lock of the {@link Board}. */
final class Agenda {
  private final TreeSet<Slot> byTime =
      new TreeSet<>(
          Comparator.<Slot>comparingLong(slot -> slot.due.orElseThrow())
              .thenComparingLong(slot -> slot.number));

  /** Sets the time at which an application is due; an earlier one is forgotten. */
  void set(Slot slot, long due) {
    forget(slot);
    slot.due = Optional.of(due);
    byTime.add(slot);
  }

  /** Makes an application due at a time, if it is not before. */
  void atLatest(Slot slot, long due) {
    if (slot.due.isEmpty() || slot.due.get() > due) {
      set(slot, due);
    }
  }

  void forget(Slot slot) {
    if (slot.due.isPresent()) {
      byTime.remove(slot);
      slot.due = Optional.empty();
    }
  }

  /** Takes out what is due. */
  List<Slot> take(long now) {
    List<Slot> taken = new ArrayList<>();
    while (!byTime.isEmpty() && byTime.first().due.orElseThrow() <= now) {
      Slot slot = byTime.first();
      forget(slot);
      taken.add(slot);
    }
    return taken;
  }

  /** Returns when the next one is due. */
  Optional<Long> next() {
    return byTime.isEmpty() ? Optional.empty() : byTime.first().due;
  }
}
